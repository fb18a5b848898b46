using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Deploying;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Volumes;

/// <summary><c>davit backup prove</c></summary>
internal sealed class BackupProve : Verb
{
    private readonly Argument<string> _volume = new("volume") { Description = "The volume." };
    private readonly WaitOptions _waiting = new();

    public BackupProve() : base("prove", "Restore the newest backup of a volume into a scratch volume and compare every file; the scratch volume is removed.", "davit backup prove data", "davit backup prove data --no-wait")
    {
        Add(_volume);
        _waiting.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var accepted = await asked.Api.PostAsync($"{env}/volumes/{Invocation.Part(asked.Get(_volume)!)}/proofs", WireJson.Default.ReceiptedRestoreView, ct);
        return await Accepted.FollowAsync(asked, env, accepted, _waiting, r => $"{r.Backup} is proven: {r.Files} files, {Proofs.Size(r.Bytes)} were restored and are the same", ct);
    }
}

/// <summary><c>davit backup restore</c></summary>
internal sealed class BackupRestore : Verb
{
    private readonly Argument<string> _backup = new("backup") { Description = "Its id, or the last digits of its id." };
    private readonly Option<string?> _as = new("--as") { Description = "Restore into a new volume of this name; mount it by deploying a manifest that names it." };
    private readonly Option<bool> _inPlace = new("--in-place") { Description = "Replace the data of the volume that was backed up: its services stop first and start afterwards." };
    private readonly Option<string?> _confirm = NameConfirmation.Option("With --in-place the volume's name, because its present data is lost; asked for on a terminal.");
    private readonly WaitOptions _waiting = new();

    public BackupRestore() : base("restore", "Restore a backup into a new volume, or in place. Every file is compared with what was backed up.", "davit backup restore 70819203 --as data-before", "davit backup restore 70819203 --in-place --yes data")
    {
        foreach (var option in (Option[])[_as, _inPlace, _confirm])
            Add(option);
        Add(_backup);
        _waiting.AddTo(this);
        Validators.Add(result =>
        {
            if ((result.GetResult(_as) is null) != result.GetValue(_inPlace))
                result.AddError("Give either --as or --in-place.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var path = $"{env}/backups/{Invocation.Part(asked.Get(_backup)!)}";
        var request = new RestoreRequest(asked.Get(_as) ?? "");
        if (asked.Get(_inPlace))
        {
            var volume = (await asked.Api.GetAsync(path, WireJson.Default.BackupView, ct)).Volume;
            request = new RestoreRequest { InPlace = true, Confirm = NameConfirmation.Of(asked, _confirm, volume, "This replaces the data in the volume and cannot be undone.") };
        }

        var accepted = await asked.Api.PostAsync($"{path}/restores", request, (WireJson.Default.RestoreRequest, WireJson.Default.ReceiptedRestoreView), ct);
        return await Accepted.FollowAsync(asked, env, accepted, _waiting, r => $"{r.Volume} is restored: {r.Files} files, {Proofs.Size(r.Bytes)}, compared with {r.Backup}", ct);
    }
}

/// <summary>Follows work on volumes to its end.</summary>
internal static class Accepted
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static Work Backup(string id) => new(id, $"davit backup get {id}", $"See how far it is with: davit backup get {id}");

    /// <exception cref="ProblemException">It failed; the problem is why.</exception>
    public static async Task<T> EndAsync<T>(string path, Invocation asked, (JsonTypeInfo<T> Form, Func<T, (string State, ProblemBody? Problem)> Read) about, CancellationToken ct)
    {
        while (true)
        {
            var seen = await asked.Api.GetAsync(path, about.Form, ct);
            switch (about.Read(seen))
            {
                case ("done", _):
                    return seen;
                case ("failed", { } why):
                    throw new ProblemException(why.ToProblem());
                default:
                    await Task.Delay(Pause, TimeProvider.System, ct);
                    break;
            }
        }
    }

    /// <summary>Returns when a list does not hold the id any more.</summary>
    public static async Task GoneAsync(string list, string id, Invocation asked, CancellationToken ct)
    {
        while ((await asked.Api.GetAsync(list, WireJson.Default.PageSnapshotView, ct)).Items.Any(i => i.Id == id))
            await Task.Delay(Pause, TimeProvider.System, ct);
    }

    public static async Task<ExitCode> FollowAsync(Invocation asked, string env, Receipted<RestoreView> accepted, WaitOptions waiting, Func<RestoreView, string> done, CancellationToken ct)
    {
        var id = accepted.Value.Id;
        if (!waiting.Waits(asked))
            return Show(asked, accepted, WireJson.Default.ReceiptedRestoreView, id);
        var work = new Work(id, $"davit describe {id}", $"See how far it is with: davit describe {id}");
        var restore = await waiting.LimitAsync(asked, work, t => EndAsync($"{env}/restores/{id}", asked, (WireJson.Default.RestoreView, r => (r.State, r.Problem)), t), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(restore, WireJson.Default.RestoreView);
        else
            asked.Terminal.Answer(done(restore));
        return ExitCode.Done;
    }

    public static ExitCode Show<T>(Invocation asked, T accepted, JsonTypeInfo<T> form, string id)
    {
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, form);
        else
            asked.Terminal.Answer(id);
        return ExitCode.Done;
    }
}
