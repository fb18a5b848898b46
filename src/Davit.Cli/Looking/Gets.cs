using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Shell;
using Davit.Manifest.Suggestions;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary>One thing as the wire has it; <c>get</c> and <c>describe</c> are the same verb.</summary>
internal abstract class GetVerb : Verb
{
    private readonly Argument<string> _name;

    protected GetVerb((string Noun, string Argument, string Says) about, string description, params string[] examples) : base("get", description, examples)
    {
        _name = new(about.Argument) { Description = about.Says };
        Aliases.Add("describe");
        Add(_name);
    }

    protected abstract Task<JsonObject> FindAsync(Invocation asked, string name, CancellationToken ct);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Document(await FindAsync(asked, asked.Get(_name)!, ct), WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

/// <summary><c>davit release get</c></summary>
internal sealed class ReleaseGet() : GetVerb(("release", "release", "Its number or id."), "Show a release: images, commit, manifest hash, who made it and where it serves.", "davit release get 12", "davit release get rel_0190a0")
{
    protected override Task<JsonObject> FindAsync(Invocation asked, string name, CancellationToken ct) =>
        asked.Api.GetAsync($"{asked.AppPath}/releases/{Invocation.Part(name)}", WireJson.Default.JsonObject, ct);
}

/// <summary><c>davit release manifest</c></summary>
internal sealed class ReleaseManifest : Verb
{
    private readonly Argument<string> _release = new("release") { Description = "Its number or id." };

    public ReleaseManifest() : base("manifest", "Print the canonical manifest that a release was made from.", "davit release manifest 12", "davit release manifest 12 > manifest.json") => Add(_release);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var manifest = await asked.Api.GetAsync($"{asked.AppPath}/releases/{Invocation.Part(asked.Get(_release)!)}/manifest", WireJson.Default.JsonObject, ct);
        asked.Terminal.Document(manifest, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

/// <summary><c>davit deployment get</c></summary>
internal sealed class DeploymentGet() : GetVerb(("deployment", "deployment", "Its id, number, or the last digits of its id."), "Show a deployment: phases with their times, outcome, problem and plan.", "davit deployment get 14", "davit deployment get dep_0190a0 --env staging")
{
    protected override async Task<JsonObject> FindAsync(Invocation asked, string name, CancellationToken ct) =>
        await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/deployments/{Invocation.Part(name)}", WireJson.Default.JsonObject, ct);
}

/// <summary>One item of a list of the environment that has no address of its own.</summary>
/// <param name="about">The noun, also the name of the argument, and what can be named.</param>
/// <param name="form">How the list crosses the wire.</param>
/// <param name="keys">By what an item can be named, the name first.</param>
internal sealed class ListedGet<T>((string Noun, string Says, string Example) about, JsonTypeInfo<Page<T>> form, Func<T, string[]> keys) : GetVerb(
    (about.Noun, about.Noun, about.Says), $"Show one {about.Noun} of an environment.", $"davit {about.Noun} get {about.Example}", $"davit {about.Noun} get {about.Example} --env staging")
{
    private const int ShortestSuffix = 6;

    protected override async Task<JsonObject> FindAsync(Invocation asked, string name, CancellationToken ct)
    {
        var known = new List<string>();
        await foreach (var item in asked.Api.ListAsync($"{await asked.EnvPathAsync(ct)}/{about.Noun}s", form, ct))
        {
            var names = keys(item);
            if (names.Contains(name, StringComparer.Ordinal) || (name.Length >= ShortestSuffix && names[^1].EndsWith(name, StringComparison.Ordinal)))
                return JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(item, Item()))!.AsObject();
            known.Add(names[0]);
        }

        throw new ProblemException(CliProblems.UnknownName(about.Noun, name, Suggest.For(name, known), $"davit {about.Noun} list"));
    }

    private JsonTypeInfo<T> Item() => (JsonTypeInfo<T>)form.OriginatingResolver!.GetTypeInfo(typeof(T), form.Options)!;
}

/// <summary>What is looked up in a list of the environment.</summary>
internal static class Listed
{
    public static Verb Service() => new ListedGet<ServiceStatusView>(("service", "Its name.", "web"), WireJson.Default.PageServiceStatusView, s => [s.Name]);

    public static Verb Instance() => new ListedGet<InstanceView>(("instance", "Its name, id, or the last digits of its id.", "web-3-1"), WireJson.Default.PageInstanceView, i => [i.Name, i.Id]);

    public static Verb Route() => new ListedGet<RouteView>(("route", "Its host, id, or the last digits of its id.", "shop.example"), WireJson.Default.PageRouteView, r => [r.Host, r.Id]);
}
