using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.Profiles;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules;
using Davit.Contracts.Protobuf.Walk;

namespace Davit.Contracts.Protobuf;

/// <summary>Protobuf, as compiled: binary descriptor sets, with the positions that the compiler noted. Source files are read for excerpts alone.</summary>
internal sealed class ProtobufFormat : IContractFormat
{
    public string Name => "protobuf";

    public IEnumerable<RuleSpec> Rules => ProtobufRules.All;

    public bool Knows(string path, byte[] bytes, Node root) => DescriptorSet.IsOne(bytes);

    public IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile)
    {
        var selection = new BufSelection(profile, options.Protobuf);
        var sets = new SetPair(Read(old), Read(@new), MayRename: !selection.IsParity);
        var sink = new FindingSink(selection, new ProtoTexts(old.Read), new ProtoTexts(@new.Read));
        new SetWalk(sets, sink).Run();
        return profile.Judge(sink.Findings, options);
    }

    private static ProtoSet Read(ContractSource source) =>
        DescriptorSet.Read(source.Read(source.Path) ?? throw new UnreadableException(UnreadableCodes.Unresolved, $"there is no file '{source.Path}'"));
}
