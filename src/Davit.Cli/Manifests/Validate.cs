using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Manifest;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Manifests;

/// <summary><c>davit validate [directory]</c>: works without a server.</summary>
internal sealed class Validate : Verb
{
    private readonly Argument<string> _directory = new("directory") { Description = "The app's directory.", DefaultValueFactory = _ => "." };
    private readonly ManifestOptions _reading = new();
    private readonly Option<bool> _strict = new("--strict") { Description = "Warnings are errors." };
    private readonly Option<bool> _canonical = new("--canonical") { Description = "Print the manifest as RFC 8785 JSON with all defaults, then its hash." };

    public Validate() : base("validate", "Check the app's files, all of them at once, without a server. Every environment is checked when --env names none; --verbose tells what becomes of every Compose key.", "davit validate ./shop --env production", "davit validate --strict --json")
    {
        Add(_directory);
        _reading.AddTo(this);
        foreach (var option in (Option[])[_strict, _canonical])
            Add(option);
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var files = _reading.In(asked.Get(_directory)!, asked) with { Environment = asked.Given(GlobalOptions.Env), App = asked.Given(GlobalOptions.App) };
        var result = ManifestLoader.LoadAll(files.Request);
        if (asked.Get(_strict))
            result = Stricter(result);
        if (asked.Terminal.IsJson)
            Document(asked.Terminal, result);
        else if (asked.Get(_canonical))
            Canonical(asked.Terminal, result);
        else
            Report(asked, result);
        return Task.FromResult(result.IsAccepted ? ExitCode.Done : ExitCode.Problem);
    }

    private static LoadResult Stricter(LoadResult result)
    {
        var faults = result.Faults.Select(f => f.Severity is Severity.Warning ? f with { Severity = Severity.Error } : f).ToImmutableArray();
        return result with { Faults = faults, Manifest = faults.Any(f => f.Severity is Severity.Error) ? null : result.Manifest };
    }

    private static void Document(Terminal terminal, LoadResult result)
    {
        if (result.Manifest is not { } manifest)
        {
            terminal.Show(ManifestProblems.Refused(result.Faults));
            return;
        }

        terminal.Document(new JsonObject
        {
            ["valid"] = true,
            ["found"] = result.Discovery,
            ["hash"] = CanonicalManifest.Hash(manifest),
            ["errors"] = new JsonArray([.. result.Faults.Select(f => JsonSerializer.SerializeToNode(FaultBody.Of(f), WireJson.Default.FaultBody))]),
            ["keys"] = new JsonArray([.. result.Keys.Select(k => new JsonObject { ["service"] = k.Service, ["key"] = k.Key, ["class"] = ManifestReport.Word(k.Class), ["at"] = k.At?.ToString(), ["says"] = k.Says })]),
        }, WireJson.Default.JsonObject);
    }

    private static void Canonical(Terminal terminal, LoadResult result)
    {
        if (result.Manifest is not { } manifest)
            throw new ProblemException(ManifestProblems.Refused(result.Faults));
        foreach (var line in ManifestReport.Lines(result, Severity.Warning))
            terminal.Say(line);
        terminal.Answer(CanonicalManifest.Json(manifest));
        terminal.Answer(CanonicalManifest.Hash(manifest));
    }

    private static void Report(Invocation asked, LoadResult result)
    {
        var terminal = asked.Terminal;
        if (!terminal.IsQuiet)
        {
            if (result.Discovery is not "")
                terminal.Say(terminal.Dim(result.Discovery));
            foreach (var line in ManifestReport.Lines(result))
                terminal.Answer(line);
            foreach (var line in asked.IsVerbose ? ManifestReport.Keys(result) : [])
                terminal.Answer(line);
        }

        terminal.Answer($"{(result.IsAccepted ? "valid" : "not valid")}: {ManifestReport.Summary(result)}");
    }
}
