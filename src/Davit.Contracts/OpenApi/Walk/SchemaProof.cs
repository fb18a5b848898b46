using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Decides for a pair of schemas whether whoever keeps to the one side can fail with the other.</summary>
internal sealed class SchemaProof
{
    /// <summary>Formats count: two that differ are not held for the same. A document holds hundreds of pairs, so each gets less effort than a pair alone.</summary>
    private static readonly SchemaReading Reading = SchemaReading.Strict with { AssertsMeanings = true, MostCandidates = 400, MostSteps = 8_000 };

    private readonly SchemaIds _ids = new();
    private readonly Dictionary<Api, SchemaLoader> _loaders = [];

    /// <returns>A witness, or that there can be none, or neither where that stays open.</returns>
    public (Witness? Witness, bool IsSafe) Of(SchemaPair pair)
    {
        var (old, @new) = (Loader(pair.Operation.Old!.Api, pair.Old.Node), Loader(pair.Operation.New!.Api, pair.New.Node));
        var isRequest = pair.Scope.IsRequest();
        return SchemaSubset.Decide(isRequest ? old : @new, isRequest ? @new : old, Reading) switch
        {
            SubsetVerdict.ProvenBreaking breaking => (new Witness(breaking.Witness.ToString()!, isRequest ? "old" : "new", breaking.IsBySearch), false),
            SubsetVerdict.ProvenSafe => (null, true),
            _ => (null, false),
        };
    }

    /// <summary>Every value of one side is proven to be one of the other.</summary>
    public bool IsWithin(SchemaPair pair, bool isOldWithin)
    {
        var (old, @new) = (Loader(pair.Operation.Old!.Api, pair.Old.Node), Loader(pair.Operation.New!.Api, pair.New.Node));
        return SchemaSubset.Decide(isOldWithin ? old : @new, isOldWithin ? @new : old, Reading) is SubsetVerdict.ProvenSafe;
    }

    private SchemaLoader Loader(Api api, Node schema)
    {
        if (!_loaders.TryGetValue(api, out var loader))
            _loaders[api] = loader = SchemaLoader.Within(api.Root, _ids, api.Files, api.Dialect, api.HasNullable);
        return loader.From(schema);
    }
}
