using System.CommandLine;
using System.Globalization;
using Davit.Cli.Deploying;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit scale web=3 worker=2</c></summary>
internal sealed class Scale : Verb
{
    private readonly Argument<string[]> _services = new("service=count") { Description = "What to run how often.", Arity = ArgumentArity.OneOrMore };
    private readonly WaitOptions _waiting = new();

    public Scale(string line) : base("scale", "Set how many instances of services run, and wait until they do.", $"davit {line} web=3 worker=2", $"davit {line} web=0 --env staging --no-wait")
    {
        Add(_services);
        _waiting.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var wanted = asked.Get(_services)!.Select(Parse).GroupBy(p => p.Service, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Count, StringComparer.Ordinal);
        asked.NamedServices = [.. wanted.Keys];
        var accepted = await asked.Api.PutAsync($"{env}/scale", new ScaleRequest(wanted), (WireJson.Default.ScaleRequest, WireJson.Default.ReceiptedEnvView), ct);
        if (_waiting.Waits(asked))
            await _waiting.LimitAsync(asked, Work.Change("scaling"), t => Converging.WaitAsync(asked, env, s => IsReached(s, wanted), t), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedEnvView);
        else
            asked.Terminal.Say($"{(_waiting.Waits(asked) ? "running" : "accepted")} {string.Join(", ", wanted.Select(w => $"{w.Key} {w.Value}×"))}");
        return ExitCode.Done;
    }

    private static bool IsReached(StatusView status, Dictionary<string, int> wanted) =>
        status.Services.Where(v => wanted.ContainsKey(v.Name)).All(v => v.Ready == v.Wanted && v.Instances.Count == v.Wanted);

    private static (string Service, int Count) Parse(string text) =>
        text.Split('=') is [{ Length: > 0 } service, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? (service, n)
            : throw new UsageException(CliProblems.Bad($"'{text}'", "is not of the form service=count", "Write it as: davit scale web=3"));
}
