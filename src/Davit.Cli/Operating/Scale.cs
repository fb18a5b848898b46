using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit scale web=3 worker=2</c></summary>
internal sealed class Scale : Verb
{
    private readonly Argument<string[]> _services = new("service=count") { Description = "What to run how often.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return as soon as it is accepted." };

    public Scale() : base("scale", "Set how many instances of services run, and wait until they do.", "davit scale web=3 worker=2")
    {
        Add(_services);
        Add(_noWait);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var wanted = asked.Get(_services)!.Select(Parse).ToDictionary(p => p.Service, p => p.Count, StringComparer.Ordinal);
        var accepted = await asked.Api.PutAsync($"{env}/scale", new ScaleRequest(wanted), (WireJson.Default.ScaleRequest, WireJson.Default.ReceiptedEnvView), ct);
        if (!asked.Get(_noWait))
            await Converging.WaitAsync(asked, env, s => s.Services.Where(v => wanted.ContainsKey(v.Name)).All(v => v.Ready == v.Wanted && v.Instances.Count == v.Wanted), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedEnvView);
        else
            asked.Terminal.Say($"running {string.Join(", ", wanted.Select(w => $"{w.Key} {w.Value}×"))}");
        return ExitCode.Done;
    }

    private static (string Service, int Count) Parse(string text) =>
        text.Split('=') is [{ Length: > 0 } service, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? (service, n)
            : throw new UsageException(CliProblems.Bad($"'{text}'", "is not of the form service=count", "Write it as: davit scale web=3"));
}
