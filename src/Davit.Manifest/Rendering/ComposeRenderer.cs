using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Davit.Manifest.Loading;
using Davit.Manifest.Rendering;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest;

/// <summary>What rendering gave: the text, or the faults that stand in its way.</summary>
/// <param name="Json">Indented JSON that ends in a line break; <see langword="null"/> when there is an error.</param>
/// <param name="Faults">Sorted by file and position.</param>
/// <param name="First">The error that was met first.</param>
public sealed record RenderResult(string? Json, ImmutableArray<Fault> Faults, Fault? First);

/// <summary>Prints the normalised Compose model in the JSON form of the Compose reference's <c>config --format json</c>.</summary>
public static class ComposeRenderer
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256,
    };

    /// <summary>
    /// Loads with plain Compose semantics and renders some services, or all active ones. The reference's model has no place
    /// for <c>pull_refresh_after</c>, so its text has none either.
    /// </summary>
    public static RenderResult Render(LoadRequest request, ImmutableArray<string> services)
    {
        ArgumentNullException.ThrowIfNull(request);
        var session = new LoadSession(request with { Mode = LoadMode.Compose });
        var model = new ComposeLoader(session).Load()?.Resolve(services);
        foreach (var service in model?.Child("services").Entries.Select(e => e.Value).OfType<MapNode>() ?? [])
            service.Remove("pull_refresh_after");
        return new RenderResult(model is null ? null : Text(model), session.Faults.Sorted(), session.Faults.First);
    }

    private static string Text(MapNode model)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, HasKeyPaths(model) ? EmptyValues.Without(model) : model);

        // The reference escapes dollars so that its output can be loaded again.
        return Encoding.UTF8.GetString(buffer.ToArray()).Replace("$", "$$", StringComparison.Ordinal) + "\n";
    }

    /// <summary>The reference has no JSON form for build keys with a path; what it prints instead leaves out empty values.</summary>
    private static bool HasKeyPaths(MapNode model) => model.Child("services").Entries
        .Select(e => (e.Value as MapNode)?.Child("build")["ssh"])
        .OfType<ListNode>()
        .Any(keys => keys.Items.Exists(k => k.AsText?.Contains(": ", StringComparison.Ordinal) is true));

    private static void Write(Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case ScalarNode scalar:
                Write(writer, scalar);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, ScalarNode scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Null or ScalarKind.Unknown:
                writer.WriteNullValue();
                break;
            case ScalarKind.Bool:
                writer.WriteBooleanValue(scalar.IsTrue);
                break;
            case ScalarKind.Float when !double.IsFinite(scalar.AsDouble):
                writer.WriteNullValue();
                break;
            case ScalarKind.Integer or ScalarKind.Float:
                writer.WriteRawValue(scalar.Text);
                break;
            default:
                writer.WriteStringValue(scalar.Text);
                break;
        }
    }
}
