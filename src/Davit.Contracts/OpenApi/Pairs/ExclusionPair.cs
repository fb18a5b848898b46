using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>What <c>not</c> excludes before and after.</summary>
/// <param name="Change">How the excluded values changed.</param>
internal sealed record ExclusionPair(SchemaPair Of, BoundChange Change) : ISchemaPart;
