using System.CommandLine;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Manifest;
using Davit.Manifest.Suggestions;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Manifests;

/// <summary><c>davit manifest show [directory] [service…]</c>: the effective model, in our form or in Compose's.</summary>
internal sealed class ManifestShow : Verb
{
    private static readonly string[] Usual = ["davit.yaml", "davit.yml", "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    private readonly Argument<string[]> _words = new("words") { Description = "The app's directory ('.' or a path with '/'), then services; all services when none is named.", HelpName = "directory|service", Arity = ArgumentArity.ZeroOrMore };
    private readonly ManifestOptions _reading = new();
    private readonly Option<string> _format = new Option<string>("--format") { Description = "davit, or compose for what 'docker compose config --format json' prints.", DefaultValueFactory = _ => "davit" }.AcceptOnlyFromAmong("davit", "compose");
    private readonly Option<bool> _origin = new("--origin") { Description = "Every value with the place it comes from." };
    private readonly Option<string?> _name = new("--project-name", "-p") { Description = "The Compose project's name." };
    private readonly Option<string?> _base = new("--project-directory") { Description = "The base of relative paths." };
    private readonly Option<bool> _loose = new("--no-consistency") { Description = "Leave out checks that need the whole model." };

    public ManifestShow() : base("show", "Print what the app's files mean together, without a server.", "davit manifest show --origin", "davit manifest show --format compose -f compose.yaml web")
    {
        Add(_words);
        _reading.AddTo(this);
        foreach (var option in (Option[])[_format, _origin, _name, _base, _loose])
            Add(option);
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var (directory, services) = Words(asked);
        if (asked.Get(_format) is "compose")
            Compose(asked, directory, services);
        else
            Davit(asked, directory, services);
        return Task.FromResult(ExitCode.Done);
    }

    private void Compose(Invocation asked, string directory, string[] services)
    {
        if (asked.Get(_origin))
            throw new UsageException(CliProblems.Bad("--origin", "is not to be had in Compose's form", "Leave away --format compose"));
        var files = _reading.In(directory, asked);
        var rendered = ComposeRenderer.Render(files.Request with
        {
            // As the reference does: files of one's own machine may lie anywhere.
            Source = new DirectorySourceTree(files.Existing, "/"),
            ProjectName = asked.Get(_name),
            ProjectDirectory = asked.Get(_base),
            SkipConsistency = asked.Get(_loose),
        }, [.. services]);
        if (rendered.Json is null)
            throw new ProblemException(ManifestProblems.Refused(rendered.Faults));
        foreach (var warning in rendered.Faults.Where(f => f.Severity is Severity.Warning))
            asked.Terminal.Say($"warning {warning}");
        asked.Terminal.Raw(rendered.Json);
    }

    private void Davit(Invocation asked, string directory, string[] services)
    {
        var request = _reading.In(directory, asked) with { Environment = asked.Given(GlobalOptions.Env), App = asked.Get(_name) ?? asked.Given(GlobalOptions.App) };
        var result = ManifestLoader.Load(request.Request with { ProjectDirectory = asked.Get(_base), SkipConsistency = asked.Get(_loose) });
        if (result.Manifest is not { } manifest)
            throw new ProblemException(ManifestProblems.Refused(result.Faults));
        if (services.FirstOrDefault(s => !manifest.Services.ContainsKey(s)) is { } missing)
            throw new ProblemException(CliProblems.UnknownName("service", missing, Suggest.For(missing, manifest.Services.Keys)));

        foreach (var line in ManifestReport.Lines(result, Severity.Warning))
            asked.Terminal.Say(line);
        if (asked.Get(_origin))
            Explaining.Print(asked.Terminal, result.Origins, result.Origins.Paths.Where(p => IsWanted(p, services)), isShort: true);
        else
            asked.Terminal.Document(Narrowed(CanonicalManifest.Json(manifest), services), WireJson.Default.JsonObject);
    }

    private static bool IsWanted(string path, string[] services) =>
        services is [] || services.Any(s => path == $"services.{s}" || path.StartsWith($"services.{s}.", StringComparison.Ordinal));

    private static JsonObject Narrowed(string manifest, string[] services)
    {
        var model = JsonNode.Parse(manifest)!.AsObject();
        if (services is not [] && model["services"] is JsonObject all)
        {
            foreach (var name in all.Select(s => s.Key).Where(n => !services.Contains(n, StringComparer.Ordinal)).ToList())
                all.Remove(name);
        }

        return model;
    }

    /// <summary>A first word with a slash is the directory; a bare one too when there is nothing to read here.</summary>
    private (string Directory, string[] Services) Words(Invocation asked)
    {
        var words = asked.Get(_words) ?? [];
        var isDirectory = words is [var first, ..] && (first is "." or ".." || first.Contains('/', StringComparison.Ordinal)
            || (asked.Get(_reading.File) is null or [] && Directory.Exists(first) && !Usual.Any(File.Exists)));
        return isDirectory ? (words[0], words[1..]) : (".", words);
    }
}
