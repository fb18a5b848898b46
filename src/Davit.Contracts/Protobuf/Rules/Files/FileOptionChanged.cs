using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>Generated code is named otherwise, lies elsewhere or offers other things.</summary>
internal sealed class FileOptionChanged : IRule<FileOptionPair>
{
    private static readonly Dictionary<int, RuleSpec> ByNumber = FileOption.All.ToDictionary(o => o.Number, o => o.Spec);

    public static ImmutableArray<RuleSpec> Specs { get; } = [.. FileOption.All.Select(o => o.Spec)];

    public static Verdict? Judge(FileOptionPair pair) => pair.Old != pair.New
        ? ByNumber[pair.Option.Number].Says($"the file option {pair.Option.Name} was '{pair.Old}' and is '{pair.New}'").On(Pb.InFile(8, pair.Option.Number))
        : null;
}
