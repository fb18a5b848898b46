using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Manifest.Suggestions;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit logs [service…]</c></summary>
internal sealed class Logs : Verb
{
    private readonly Argument<string[]> _services = new("service") { Description = "Services to read; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with new lines." };
    private readonly Option<string?> _since = new("--since") { Description = "An instant, or how long ago: 90s, 15m, 2h, 7d." };
    private readonly Option<string?> _until = new("--until") { Description = "As --since." };
    private readonly Option<string?> _grep = new("--grep") { Description = "Only lines that match this regular expression." };
    private readonly Option<int?> _tail = new("--tail", "-n") { Description = "Only the last lines." };
    private readonly Option<string?> _instance = new("--instance") { Description = "Only one instance, also one that is gone." };
    private readonly Option<string?> _deployment = new("--deployment") { Description = "The log of a deployment itself: build, release commands, phases." };

    public Logs() : base("logs", "Read what services wrote, across releases: lines outlive the instances that wrote them.", "davit logs web --follow --since 15m", "davit logs web worker --grep error --tail 100", "davit logs --deployment 14")
    {
        Add(_services);
        foreach (var option in (Option[])[_follow, _since, _until, _grep, _tail, _instance, _deployment])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var env = await asked.EnvPathAsync(ct);
        var path = asked.Get(_deployment) is { } deployment
            ? $"{env}/deployments/{Invocation.Part(deployment)}/logs?follow={asked.Get(_follow)}"
            : $"{env}/logs?{Query(asked)}";
        var colours = new Dictionary<string, int>(StringComparer.Ordinal);
        var isEmpty = true;
        await foreach (var line in asked.Api.StreamAsync(path, WireJson.Default.LogLineView, ct))
        {
            isEmpty = false;
            if (asked.Terminal.IsJson)
                asked.Terminal.Item(line, WireJson.Default.LogLineView);
            else
                Print(asked.Terminal, line, colours);
        }

        if (isEmpty)
            await KnownAsync(asked, env, ct);
        return ExitCode.Done;
    }

    /// <summary>A service that is gone still has its lines; one that neither is there nor ever wrote is a mistake.</summary>
    private async Task KnownAsync(Invocation asked, string env, CancellationToken ct)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var service in asked.Api.ListAsync($"{env}/services", WireJson.Default.PageServiceStatusView, ct))
            known.Add(service.Name);
        if (asked.Get(_services)?.FirstOrDefault(s => !known.Contains(s)) is { } missing)
            throw new ProblemException(CliProblems.UnknownName("service", missing, Suggest.For(missing, known), "davit service list"));
    }

    private static void Print(Terminal terminal, LogLineView line, Dictionary<string, int> colours)
    {
        if (!colours.TryGetValue(line.Service, out var colour))
            colours[line.Service] = colour = colours.Count;
        var at = terminal.IsStable ? "" : line.At.ToString("HH:mm:ss.fff ", System.Globalization.CultureInfo.InvariantCulture);
        terminal.Answer($"{at}{terminal.Coloured(line.Service is "davit" ? line.Stream : line.Service, colour)} | {line.Text}");
    }

    private string Query(Invocation asked) => string.Join('&', ((string, string?)[])
    [
        ("service", string.Join(',', asked.Get(_services) ?? [])), ("follow", asked.Get(_follow) ? "true" : null), ("since", asked.Get(_since)), ("until", asked.Get(_until)),
        ("grep", asked.Get(_grep)), ("tail", asked.Get(_tail)?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("instance", asked.Get(_instance)),
    ]
    switch { var pairs => pairs.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}") });
}
