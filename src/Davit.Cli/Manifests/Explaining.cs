using System.CommandLine;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Manifest;
using Davit.Manifest.Suggestions;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Manifests;

/// <summary><c>davit config explain PATH</c></summary>
internal sealed class ConfigExplain : Verb
{
    private readonly Argument<string?> _path = new("path") { Description = "A value's path, such as services.web.health.interval.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _directory = new("--directory", "-C") { Description = "The app's directory.", DefaultValueFactory = _ => "." };
    private readonly Option<bool> _all = new("--all") { Description = "Every value of the model." };
    private readonly ManifestOptions _reading = new();

    public ConfigExplain() : base("explain", "Print a value of the effective manifest and the chain of places it comes from, the winning one first.", "davit config explain services.web.health.interval --env production", "davit config explain --all --json")
    {
        Add(_path);
        Add(_directory);
        Add(_all);
        _reading.AddTo(this);
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var wanted = asked.Get(_path);
        if (wanted is null && !asked.Get(_all))
            throw new UsageException(CliProblems.Bad("The path", "is missing", "Name one, or everything: davit config explain --all"));
        var files = _reading.In(asked.Get(_directory)!, asked) with { Environment = asked.Given(GlobalOptions.Env), App = asked.Given(GlobalOptions.App) };
        var origins = files.Accepted().Origins;
        var paths = wanted is null ? [.. origins.Paths] : origins.Paths.Where(p => p == wanted || (asked.Get(_all) && Below(p, wanted))).ToList();
        if (paths.Count is 0)
            throw new ProblemException(CliProblems.UnknownName("value at the path", wanted!, Suggest.For(wanted!, origins.Paths)));
        Explaining.Print(asked.Terminal, origins, paths, isShort: false);
        return Task.FromResult(ExitCode.Done);
    }

    private static bool Below(string path, string wanted) => path.StartsWith($"{wanted}.", StringComparison.Ordinal) || path.StartsWith($"{wanted}[", StringComparison.Ordinal);
}

/// <summary>Prints where values come from.</summary>
internal static class Explaining
{
    /// <param name="terminal">Where to.</param>
    /// <param name="origins">The chains.</param>
    /// <param name="paths">Which of them.</param>
    /// <param name="isShort">One line for each path, with the winning place only.</param>
    public static void Print(Terminal terminal, ManifestOrigins origins, IEnumerable<string> paths, bool isShort)
    {
        if (terminal.IsJson)
        {
            terminal.Document(new JsonObject(paths.Select(p => KeyValuePair.Create(p, (JsonNode?)new JsonArray([.. origins.Of(p).Select(Node)])))), WireJson.Default.JsonObject);
            return;
        }

        foreach (var path in paths)
        {
            var chain = origins.Of(path);
            terminal.Answer(isShort ? $"{path} = {chain[0].Value}  {terminal.Dim($"# {Place(chain[0])}")}" : $"{path} = {chain[0].Value}");
            foreach (var origin in isShort ? [] : chain)
                terminal.Answer($"  {Place(origin)}{(origin == chain[0] ? "" : $": {origin.Value}")}");
        }
    }

    private static string Place(Origin origin) =>
        string.Join(' ', ((string[])[Word(origin), origin.At?.ToString() ?? "", origin.Via is "" ? "" : $"({origin.Via})"]).Where(p => p is not ""));

    private static string Word(Origin origin) => origin.Kind.ToString().ToLowerInvariant();

    private static JsonNode Node(Origin origin) => new JsonObject
    {
        ["kind"] = Word(origin), ["value"] = origin.Value, ["file"] = origin.At?.File, ["line"] = origin.At?.Line, ["column"] = origin.At?.Column, ["via"] = origin.Via,
    };
}
