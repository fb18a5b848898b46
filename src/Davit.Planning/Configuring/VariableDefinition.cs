using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Davit.Planning.Instances;

namespace Davit.Planning.Configuring;

/// <summary>What an app says one of its variables is.</summary>
/// <param name="Type">One of <see cref="Types"/>.</param>
public sealed partial record VariableDefinition(string Name, string Type)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public static EquatableList<string> Types { get; } = ["string", "integer", "number", "boolean", "enum", "url", "email", "regex", "duration", "size", "json"];

    public bool IsRequired { get; init; }

    public string? Default { get; init; }

    /// <summary>The whole value must match it.</summary>
    public string? Pattern { get; init; }

    /// <summary>Of an enum: what it may be.</summary>
    public EquatableList<string> Values { get; init; }

    /// <summary>Of numbers the least value, of texts the fewest characters.</summary>
    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public string Description { get; init; } = "";

    /// <returns>Why the value does not fit, after "must"; null when it fits.</returns>
    public string? Refuses(string value) => Type switch
    {
        "integer" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? Bounds(n) : "be a whole number",
        "number" => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? Bounds(n) : "be a number",
        "boolean" => value is "true" or "false" ? null : "be true or false",
        "enum" => Values.Items.Contains(value, StringComparer.Ordinal) ? null : $"be one of {string.Join(", ", Values.Items)}",
        "url" => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is not "file" ? null : "be a URL with its scheme, such as https://example.com/",
        "email" => EmailForm().IsMatch(value) ? null : "be an e-mail address",
        "regex" => IsPattern(value) ? null : "be a regular expression",
        "duration" => DurationForm().IsMatch(value) ? null : "be a duration such as 1m30s",
        "size" => SizeForm().IsMatch(value) ? null : "be a size such as 256Mi",
        "json" => IsJson(value) ? null : "be JSON",
        _ => Bounds(value.Length),
    } ?? (Pattern is null || Matches(value) ? null : $"match {Pattern}");

    /// <returns>Why it is no definition; null when it is one.</returns>
    public string? Faulty() => !Types.Items.Contains(Type, StringComparer.Ordinal) ? $"'{Type}' is no type; there are {string.Join(", ", Types.Items)}"
        : Type is "enum" && Values.Count is 0 ? "an enum needs values"
        : Pattern is { } pattern && !IsPattern(pattern) ? $"'{pattern}' is no regular expression without look-around and back-references"
        : Default is { } value && Refuses(value) is { } why ? $"the default must {why}"
        : null;

    private string? Bounds(decimal value) => value < Min ? $"be at least {Text(Min.Value)}" : value > Max ? $"be at most {Text(Max.Value)}" : null;

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private bool Matches(string value) => new Regex($"^(?:{Pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Patience).IsMatch(value);

    private static bool IsPattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking, Patience);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[^@\\s]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EmailForm();

    [GeneratedRegex("^([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h|d))+\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DurationForm();

    [GeneratedRegex("^[0-9]+(\\.[0-9]+)?([kKMGTPE]i?[bB]?|[bB])?\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SizeForm();
}
