using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit release pin</c></summary>
internal sealed class ReleasePin : Verb
{
    private readonly Argument<string> _release = new("release") { Description = "Its number or id." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for whoever asks later." };

    public ReleasePin() : base("pin", "Keep a release whole, whatever its environments keep, so that it can always be deployed again.", "davit release pin 12", "davit release pin 12 --reason 'last one with the old schema'")
    {
        Add(_release);
        Add(_reason);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var pinned = await asked.Api.PutAsync($"{asked.AppPath}/releases/{Invocation.Part(asked.Get(_release)!)}/pin",
            new PinRequest(asked.Get(_reason) ?? ""), (WireJson.Default.PinRequest, WireJson.Default.ReceiptedReleaseView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(pinned, WireJson.Default.ReceiptedReleaseView);
        else
            asked.Terminal.Say($"release {pinned.Value.Number} stays until it is unpinned");
        return ExitCode.Done;
    }
}

/// <summary><c>davit release unpin</c></summary>
internal sealed class ReleaseUnpin : Verb
{
    private readonly Argument<string> _release = new("release") { Description = "Its number or id." };

    public ReleaseUnpin() : base("unpin", "Let a pinned release go when its environments no longer keep it.", "davit release unpin 12", "davit release unpin 12 --json") => Add(_release);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var unpinned = await asked.Api.DeleteAsync($"{asked.AppPath}/releases/{Invocation.Part(asked.Get(_release)!)}/pin", WireJson.Default.ReceiptedReleaseView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(unpinned, WireJson.Default.ReceiptedReleaseView);
        else
            asked.Terminal.Say($"release {unpinned.Value.Number} is kept as long as its environments keep it");
        return ExitCode.Done;
    }
}
