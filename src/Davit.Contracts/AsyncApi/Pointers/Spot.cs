using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.AsyncApi.Pointers;

/// <summary>What a value is in its file; the same value may be used at many places.</summary>
/// <param name="Place">File and pointer; empty where there is no value.</param>
internal sealed record Spot(Evidence? Evidence, string Place, string Canonical)
{
    private static readonly Spot Nowhere = new(null, "", "");

    public static Spot Of(Node node) => Evidence.Of(node) is { } evidence ? new Spot(evidence, PlaceOf(evidence), Fingerprint.Canonical(node)) : Nowhere;

    public static string PlaceOf(Evidence evidence) => $"{evidence.Position.File}#{evidence.JsonPointer}";
}
