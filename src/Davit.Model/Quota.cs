using System.Collections.Immutable;
using System.Globalization;

namespace Davit.Model;

/// <summary>Something that an org may have only so much of.</summary>
/// <param name="Unit">"" for what is counted, <c>millicores</c> or <c>bytes</c>.</param>
/// <param name="Standard">The limit of an org that nobody has set one for; the first org of an installation has none.</param>
public sealed record Quota(string Name, string Unit, long Standard)
{
    public const string Apps = "apps";
    public const string Environments = "environments";
    public const string Instances = "instances";
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string Volumes = "volumes";
    public const string Routes = "routes";
    public const string Builds = "builds";

    private const long Mebibyte = 1 << 20;

    public static ImmutableArray<Quota> All { get; } =
    [
        new(Apps, "", 20), new(Environments, "", 100), new(Instances, "", 50), new(Cpu, "millicores", 32_000), new(Memory, "bytes", 64L << 30), new(Volumes, "", 20), new(Routes, "", 50), new(Builds, "", 2),
    ];

    public static Quota? Find(string name) => All.FirstOrDefault(q => q.Name == name);

    /// <summary>As people write it: cores, mebibytes, or a count.</summary>
    public string Format(long value) => Unit switch
    {
        "millicores" => (value / 1000m).ToString("0.###", CultureInfo.InvariantCulture),
        "bytes" when value >= Mebibyte || value is 0 => string.Create(CultureInfo.InvariantCulture, $"{(value + Mebibyte - 1) / Mebibyte}Mi"),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <returns>Null when it is no amount of this.</returns>
    public long? Parse(string text) => Unit switch
    {
        "millicores" => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores) && cores <= 1_000_000 ? (long)(cores * 1000) : null,
        "bytes" when text is [.. var digits, 'K' or 'M' or 'G' or 'T', 'i'] => Count(digits) is { } n ? n << (10 * ("KMGT".IndexOf(text[^2], StringComparison.Ordinal) + 1)) : null,
        _ => Count(text),
    };

    private static long? Count(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 1L << 50 ? n : null;
}
