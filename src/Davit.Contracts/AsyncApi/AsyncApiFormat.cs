using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Pointers;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.AsyncApi.Walk;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Walk;
using Davit.Contracts.Profiles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi;

/// <summary>AsyncAPI 2.0 to 2.6 and 3.</summary>
internal sealed class AsyncApiFormat : IContractFormat
{
    public string Name => "asyncapi";

    /// <summary>Texts, tags and examples are for people: of them only asyncapi/diff tells.</summary>
    public IEnumerable<RuleSpec> Rules => [.. AsyncApiRules.Own, .. Families.Text.Specs, .. MessageSchemaRules.All];

    public bool Knows(string path, byte[] bytes, Node root) => root["asyncapi"].Exists;

    public IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile)
    {
        var documents = new DocumentPair(AsyncDocument.Read(old), AsyncDocument.Read(@new), new Settings(options.Today, options.StableNoticeDays, options.BetaNoticeDays), options.AsyncApi.IsOfClient);
        var isByPointer = profile.Name is "asyncapi-diff";
        var sink = new FindingSink(profile.WantsProof || isByPointer);
        new DocumentWalk(documents, sink).Run();
        return profile.Judge(isByPointer ? ByPointer(documents, sink.Findings, options) : sink.Findings, options);
    }

    /// <summary>asyncapi/diff tells each place in the document by itself.</summary>
    private static IEnumerable<Finding> ByPointer(DocumentPair documents, IReadOnlyList<Finding> own, ComparisonOptions options)
    {
        var table = (documents.Old.IsV3 ? PointerTable.OfVersion3 : PointerTable.OfVersion2).With(options.AsyncApi.Overrides);
        var judge = new PointerJudge(table, new OwnVerdicts(own));
        var changes = new PointerWalk(documents.Old, documents.New, FindingSink.Most).Run();
        var findings = changes.Take(FindingSink.Most).Select(judge.Judge);
        return changes.Count > FindingSink.Most ? findings.Append(EngineRules.Truncated(FindingSink.Most)) : findings;
    }
}
