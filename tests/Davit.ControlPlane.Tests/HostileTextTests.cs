using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing;

namespace Davit.ControlPlane.Tests;

/// <summary>Every text of every operation, as the API itself lists them: taken as it is, or refused with a problem, and never acted on.</summary>
public sealed class HostileTextTests(OneServer server) : IClassFixture<OneServer>
{
    private const int Parts = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_of_every_body_is_taken_verbatim_or_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        // By its id: it is renamed on the way.
        var (app, number) = ((string)(await shop.Http.GetAsync(shop.App, Ct)).Json["id"]!, 0);
        var taken = new List<string>();

        // What is done to a project is not done to the one that everything else lies in.
        var project = (string)(await shop.Http.PostAsync("/v1/orgs/default/projects", $$"""{"name":"p{{Unique.Digits()}}"}""", Ct)).ShouldBe(201).Value["id"]!;
        // Nor is the org renamed that it lies in: one that is not there is asked for.
        foreach (var operation in (await ApiSurface.ReadAsync(server.Installed, Ct)).Where(o => o.Bodies.Count > 0))
        {
            var path = operation.Path(n => n switch { "org" when operation.Template is "/v1/orgs/{org}" => "1", "project" when operation.PathNames[^1] is "project" => project, "org" or "project" => "default", "app" => app, "env" => "production", _ => "1" });
            foreach (var (where, with) in operation.Bodies.SelectMany(ApiSurface.Texts))
            {
                foreach (var text in HostileTexts.Part(number++, Parts))
                {
                    using var body = Api.Json(JsonSerializer.Serialize(with(text)));
                    var answer = await shop.Http.SendAsync(operation.Method, path, body, Ct);
                    Judge(answer, $"{operation} {where}: {JsonSerializer.Serialize(text[..Math.Min(80, text.Length)])}");
                    if (answer.Status < 300 && where.EndsWith(".description", StringComparison.Ordinal))
                        ((string?)answer.Value["description"]).ShouldBe(text);
                    if (answer.Status < 300)
                        taken.Add(where);
                }
            }
        }

        taken.ShouldContain("$.description");
        await NothingCameOfItAsync(shop, app);
    }

    [Fact]
    public async Task Every_text_of_every_path_and_query_is_answered_or_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var (app, number) = (shop.App[(shop.App.LastIndexOf('/') + 1)..], 0);
        foreach (var operation in await ApiSurface.ReadAsync(server.Installed, Ct))
        {
            foreach (var name in operation.PathNames.Concat(operation.QueryNames).Where(n => !n.Equals("follow", StringComparison.OrdinalIgnoreCase)))
            {
                foreach (var text in HostileTexts.Part(number++, Parts).Where(t => Uri.EscapeDataString(t).Length < 6000 && t.Trim('.', ' ') is not "" && !t.Contains('\0', StringComparison.Ordinal)))
                {
                    var path = operation.Path(n => n == name ? text : n switch { "org" or "project" => "default", "app" => app, "env" => "production", _ => "1" });
                    using var body = operation.Bodies is [var first, ..] ? Api.Json(first.ToJsonString()) : null;
                    var query = operation.QueryNames.Contains(name) ? $"?{name}={Uri.EscapeDataString(text)}" : "";
                    Judge(await shop.Http.SendAsync(operation.Method, path + query, body, Ct), $"{operation} {name}: {JsonSerializer.Serialize(text)}");
                }
            }
        }

        await NothingCameOfItAsync(shop, app);
    }

    private static void Judge(Answer answer, string what)
    {
        answer.Status.ShouldBeInRange(200, 499, $"{what}: {answer.Text}");
        if (answer.Status < 400)
            return;
        answer.Code.ShouldStartWith("DV", customMessage: what);
        foreach (var member in (string[])["detail", "hint"])
        {
            var text = (string?)answer.Json[member];
            text.ShouldNotBeNullOrWhiteSpace(what);
            text.Any(c => (char.IsControl(c) && c is not '\n' and not '\t') || c is '\u202e' or '\u2028').ShouldBeFalse($"{what}: {text}");
        }
    }

    /// <summary>No file of that name, no table lost, every event on one line, the chain of them whole, and the server still serves.</summary>
    private async Task NothingCameOfItAsync(Shop shop, string app)
    {
        foreach (var directory in (string[])[Environment.CurrentDirectory, Path.GetTempPath(), "/", "/etc", Path.GetDirectoryName(server.Installed.Options.Data)!])
            Directory.EnumerateFileSystemEntries(directory, $"*{HostileTexts.Canary}*").ShouldBeEmpty(directory);
        Directory.EnumerateFileSystemEntries(server.Installed.Options.Data, $"*{HostileTexts.Canary}*", SearchOption.AllDirectories).ShouldBeEmpty();

        var events = (await shop.Http.GetAsync("/v1/orgs/default/events", Ct)).ShouldBe(200).Text;
        foreach (var line in events.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            JsonNode.Parse(line)!["seq"].ShouldNotBeNull(line);
        ((int?)(await shop.Http.GetAsync("/v1/orgs/default/events/verdict", Ct)).ShouldBe(200).Json["firstBroken"]).ShouldBeNull();
        (await shop.Http.GetAsync($"{Api.Apps}/{app}/envs/production", Ct)).ShouldBe(200);
    }
}
