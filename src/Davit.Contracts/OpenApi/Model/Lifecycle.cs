using System.Globalization;
using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Model;

/// <summary>What an element says about how long it will be there.</summary>
internal sealed class Lifecycle(Node node)
{
    private static readonly string[] Levels = ["draft", "alpha", "beta", "stable"];

    public Node DeprecatedNode => node["deprecated"];

    public bool IsDeprecated => DeprecatedNode.Boolean is true;

    public Node SunsetNode => node["x-sunset"];

    public bool HasSunset => SunsetNode.Exists;

    /// <summary>Null when there is no end date, or none that can be read.</summary>
    public DateOnly? Sunset => DateOnly.TryParseExact(SunsetNode.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : DateTimeOffset.TryParse(SunsetNode.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && SunsetNode.Text!.Contains('T', StringComparison.Ordinal) ? DateOnly.FromDateTime(moment.Date)
        : null;

    public bool IsSunsetUnreadable => HasSunset && Sunset is null;

    public Node StabilityNode => node["x-stability-level"];

    public string Stability => StabilityNode.Text ?? "";

    public bool IsStabilityUnknown => StabilityNode.Exists && Rank is null;

    /// <summary>From 0 for a draft to 3 for what is stable, which is also what says nothing; null for an unknown word.</summary>
    public int? Rank => !StabilityNode.Exists || Stability is "" && StabilityNode.IsString ? Levels.Length - 1
        : Array.IndexOf(Levels, Stability) is >= 0 and var rank ? rank : null;

    public static bool Differ(Node old, Node @new) => !NodeEquality.Same(old["x-stability-level"], @new["x-stability-level"]);
}
