using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks two descriptions together.</summary>
internal sealed class DocumentWalk(DocumentPair documents, FindingSink sink)
{
    private static readonly string[] Statements = ["version", "termsOfService", "license"];

    private readonly Node _old = documents.Old.Root;
    private readonly Node _new = documents.New.Root;

    public void Run()
    {
        Head();
        var schemas = new MessageSchemaWalk(documents, sink);
        var bindings = new BindingWalk(sink, schemas);
        new ServerWalk(documents, sink, bindings).Run();
        var channels = new ChannelWalk(documents, sink, bindings, schemas);
        channels.Run();
        var operations = new OperationWalk(documents, sink, bindings, new MessageWalk(documents, sink, bindings, schemas));
        foreach (var pair in new OperationPairing(documents, channels.Partners).Run())
            operations.Compare(pair);
    }

    private void Head()
    {
        sink.Judge(AsyncApiRules.Documents, documents, Place.Document, _old["asyncapi"], _new["asyncapi"]);
        var (oldId, newId) = (_old["id"], _new["id"]);
        if (oldId.Exists || newId.Exists)
            sink.Judge(AsyncApiRules.Ids, new ValuePair("the identifier", oldId, newId), Place.Document, oldId, newId);
        var (oldType, newType) = (_old["defaultContentType"], _new["defaultContentType"]);
        if (oldType.Exists || newType.Exists)
            sink.Judge(AsyncApiRules.DefaultContentTypes, new DefaultContentTypePair("the default content type", oldType, newType, IsDefaultUsed()), Place.Document, oldType, newType);
        foreach (var statement in Statements)
        {
            var (was, now) = (_old["info"][statement], _new["info"][statement]);
            if (was.Exists || now.Exists)
                sink.Judge(AsyncApiRules.Infos, new ValuePair($"the {(statement is "termsOfService" ? "terms of service" : statement)}", was, now), Place.Document.In("info"), was, now);
        }
    }

    /// <summary>Operations of one channel share the list of its messages.</summary>
    private bool IsDefaultUsed() => documents.Old.Operations.Concat(documents.New.Operations).SelectMany(Lists).Distinct().Any(l => l.Any(m => !m.HasOwnContentType));

    private static IReadOnlyList<AsyncMessage>[] Lists(AsyncOperation operation) => [operation.Messages, operation.Reply?.Messages ?? []];
}
