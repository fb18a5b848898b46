using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Limits;

/// <summary><c>davit key status</c></summary>
internal sealed class KeyStatus() : Verb("status", "As an operator, show the master keys, how many keys each of them wraps, and how far a rotation has come.", "davit key status", "davit key status --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var keys = await asked.Api.GetAsync("v1/server/keys", WireJson.Default.KeysView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(keys, WireJson.Default.KeysView);
        else
            Show(asked.Terminal, keys);
        return ExitCode.Done;
    }

    public static void Show(Terminal terminal, KeysView keys)
    {
        terminal.Table(["KEY", "WRAPS", "STATE"], keys.Items.Select(k => new[] { k.Id, k.Wraps.ToString(CultureInfo.InvariantCulture), k.State }));
        if (keys.Left > 0)
            terminal.Say($"{keys.Left} of {keys.DataKeys} keys are not wrapped by the present one: davit key rotate");
    }
}

/// <summary><c>davit key rotate</c></summary>
internal sealed class KeyRotate() : Verb("rotate", "As an operator, make a new master key and wrap every key with it, or go on with a rotation that was cut off.", "davit key rotate", "davit key rotate --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Confirm("Make a new master key? Backups of the key directory must be made anew.");
        var rotated = await asked.Api.PostAsync("v1/server/keys/rotations", WireJson.Default.ReceiptedKeysView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(rotated, WireJson.Default.ReceiptedKeysView);
        else
            KeyStatus.Show(asked.Terminal, rotated.Value);
        return ExitCode.Done;
    }
}
