using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Testing.Fuzzing;

namespace Davit.Model.Tests.Fuzzing;

/// <summary>Ids, canonical JSON and stored states: whatever the text is, it is read as what it says or refused.</summary>
public sealed class ModelFuzzTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task An_id_is_its_text_or_a_problem() => new Fuzz("dep_01981b2c3d4e7f00a1b2c3d4e5f60718", "rel_01981b2c3d4e7f00a1b2c3d4e5f60718", "dep_", "_") { Words = ["dep_", "rel_", "_", "00000000", "ABCDEF", "-", "{", "0x"] }.RunAsync(
        input =>
        {
            var text = Encoding.UTF8.GetString(input);
            try
            {
                Id.Parse<DeploymentId>(text).ToString().ShouldBe(text);
            }
            catch (ProblemException e)
            {
                e.Problem.Code.ShouldBeOneOf("DV4005", "DV4006");
                e.Problem.Detail.Length.ShouldBeLessThan(1000);
            }
        },
        Ct);

    [Fact]
    public Task Canonical_JSON_has_one_spelling() => new Fuzz("""{"b":[1,2.5e3,-0,1e-7],"a":"\u00e9\n\\","c":{"x":null,"y":true}}""", "[]", "\"\\ud800\"", "1e308") { Words = ["{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud83d\\ude00", "1e400", "-0", "0.1", "1E+2", "null", "true", "\"a\":"] }.RunAsync(
        input =>
        {
            JsonNode? node;
            try
            {
                node = JsonNode.Parse(input);
            }
            catch (JsonException)
            {
                return;
            }

            string text;
            try
            {
                text = CanonicalJson.Text(node);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // A member that stands twice, half a surrogate, a number beyond every double: there is no canonical form of it (RFC 8785 section 3.1).
                return;
            }

            CanonicalJson.Text(JsonNode.Parse(text)).ShouldBe(text);
        },
        Ct);

    [Fact]
    public Task A_stored_state_is_read_or_refused() => new Fuzz(
        JsonSerializer.Serialize<DeploymentState>(new DeploymentState.Running(Phase.Queued, DateTimeOffset.UnixEpoch), DavitJson.Options),
        JsonSerializer.Serialize<DeploymentState>(new DeploymentState.Failed(DateTimeOffset.UnixEpoch, new Problem(ProblemCatalog.All[0], "a", "b"), false), DavitJson.Options),
        JsonSerializer.Serialize<DeploymentState>(new DeploymentState.Waiting(DateTimeOffset.UnixEpoch, "x"), DavitJson.Options)) { Words = ["\"is\":", "\"live\"", "null", "{}", "[]", "99", "\"at\":", ","] }.RunAsync(
        input =>
        {
            try
            {
                _ = JsonSerializer.Deserialize<DeploymentState>(input, DavitJson.Options);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                // A row that says this is damaged.
            }
        },
        Ct);
}
