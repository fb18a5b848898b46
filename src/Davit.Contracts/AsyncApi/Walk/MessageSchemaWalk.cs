using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Avro.Walk;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Schemas;
using Davit.Contracts.OpenApi.Walk;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks payloads, headers and other schemas with the engine of their language.</summary>
internal sealed class MessageSchemaWalk(DocumentPair documents, FindingSink sink)
{
    /// <summary>All payloads are judged as JSON is: the wire tells types apart.</summary>
    private const string Media = "application/json";

    private readonly SchemaProof _proof = new();
    private readonly Dictionary<(Node Old, Node New, Scope Scope), (Witness? Witness, bool IsSafe)> _proven = [];
    private readonly Dictionary<SchemaLanguage, OperationPair> _operations = [];

    /// <param name="where"><c>payload</c> or <c>headers</c>.</param>
    public void Compare(MessageSchemaPair pair, string where, Place place)
    {
        if (pair is { Old.IsAnything: true, New.IsAnything: true })
            return;
        if (pair.IsAdded || pair.IsRemoved)
            Judge(pair, where, place);
        else if (pair.Old.Language != pair.New.Language || pair.New.Language is SchemaLanguage.Other)
            Unread(pair, place);
        else if (pair.New.Language is SchemaLanguage.Avro)
            Avro(pair, place);
        else
            Json(pair, where, place);
    }

    /// <summary>A setting of a protocol that holds a schema.</summary>
    public void Setting(BindingPair pair, Side side, Place place) =>
        Walk(SchemaLanguage.JsonSchema, pair.Old, pair.New, side, place.In(pair.Told) with { Naming = rule => Families.Binding.Changed with { Side = rule.Side } });

    /// <summary>The schema of a parameter of an address.</summary>
    public void Parameter(Node old, Node @new, Side side, Place place) =>
        Walk(SchemaLanguage.JsonSchema, old, @new, side, place with { Naming = rule => Families.ChannelParameter.Changed with { Side = rule.Side } });

    private void Json(MessageSchemaPair pair, string where, Place place)
    {
        var at = place with { Naming = rule => MessageSchemaRules.Named(where, rule) };
        var told = sink.Findings.Count;
        var schemas = Walk(pair.New.Language, pair.Old.Schema, pair.New.Schema, pair.Side, at);
        if (sink.Findings.Count > told || SchemaEquality.AcceptSame(schemas.Old, schemas.New))
            return;
        var (witness, isSafe) = Prove(schemas);
        Judge(pair with { Outcome = witness is not null ? Outcome.Breaking : isSafe ? Outcome.Safe : Outcome.Open }, where, place, witness);
    }

    /// <summary>Many messages may have the same payload.</summary>
    private (Witness? Witness, bool IsSafe) Prove(SchemaPair pair)
    {
        var key = (pair.Old.Node, pair.New.Node, pair.Scope);
        if (!_proven.TryGetValue(key, out var proven))
            _proven[key] = proven = _proof.Of(pair);
        return proven;
    }

    private SchemaPair Walk(SchemaLanguage language, Node old, Node @new, Side side, Place place)
    {
        if (!_operations.TryGetValue(language, out var operation))
            _operations[language] = operation = Operation(language);
        var pair = new SchemaPair(operation, operation.Old!.Api.Schemas.At(old).Schema, operation.New!.Api.Schemas.At(@new).Schema, side is Side.Request ? Scope.RequestBody : Scope.ResponseBody, Media);
        new SchemaWalk(sink).Compare(pair, place);
        return pair;
    }

    /// <summary>Rules about schemas ask in which operation they stand; here that is one that says nothing.</summary>
    private OperationPair Operation(SchemaLanguage language)
    {
        var (old, @new) = language is SchemaLanguage.OpenApi ? (documents.Old.OpenApiSchemas, documents.New.OpenApiSchemas) : (documents.Old.Schemas, documents.New.Schemas);
        return new OperationPair(new ApiPair(old, @new, documents.Settings), Silent(old), Silent(@new), IsWholePath: false);
    }

    private static Operation Silent(Api api) => new(api, new PathItem(api, "", default), "", default);

    private void Avro(MessageSchemaPair pair, Place place)
    {
        IReadOnlyList<AvroType> old, @new;
        try
        {
            (old, @new) = (AvroSchemaReader.ReadAll(documents.Old.Resolve(pair.Old.Schema)), AvroSchemaReader.ReadAll(documents.New.Resolve(pair.New.Schema)));
        }
        catch (UnreadableException unread) when (unread.Code is UnreadableCodes.Syntax or UnreadableCodes.Unresolved)
        {
            Unread(pair, place);
            return;
        }

        var elements = new ElementSink();
        new AvroWalk(elements).Run(old, @new);
        foreach (var finding in elements.Findings)
        {
            // Who receives reads with the new schema what was written with the old one, or the reverse.
            var level = pair.Side is Side.Request ? finding.Rule.Severity : finding.Rule.Forward ?? finding.Rule.Severity;
            sink.Add(finding with { Rule = MessageSchemaRules.AvroNamed(finding.Rule, pair.Side), Severity = level, Operation = place.Operation, Path = place.Path, Element = place.Element + (finding.Element is "/" ? "" : finding.Element) });
        }
    }

    private void Unread(MessageSchemaPair pair, Place place)
    {
        if (pair.Old.Language == pair.New.Language)
            sink.Judge(AsyncApiRules.NotJudged, pair, Sides.Named(place, pair.Side), pair.Old.Schema, pair.New.Schema);
    }

    private void Judge(MessageSchemaPair pair, string where, Place place, Witness? witness = null)
    {
        var rules = where is "payload" ? AsyncApiRules.Payloads : AsyncApiRules.Headers;
        foreach (var verdict in FindingSink.Verdicts(rules, pair))
            sink.Add(verdict, Sides.Named(place, pair.Side), pair.Old.Schema, pair.New.Schema, witness is null ? null : new Judged(verdict, null, pair.Old.Schema, pair.New.Schema) { Witness = witness, Proof = Proof.Breaking });
    }
}
