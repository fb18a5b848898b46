using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>Two schemas and a value that only one of them accepts.</summary>
internal sealed record ProvenPair(SchemaPair Of, Witness Witness);
