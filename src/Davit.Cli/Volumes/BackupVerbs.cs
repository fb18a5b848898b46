using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Deploying;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Volumes;

/// <summary><c>davit backup create</c></summary>
internal sealed class BackupCreate : Verb
{
    private readonly Argument<string> _volume = new("volume") { Description = "The volume." };
    private readonly Option<bool> _stop = new("--stop") { Description = "Stop the services that mount it first, and start them afterwards; otherwise they run on while files are read one after another." };
    private readonly WaitOptions _waiting = new();

    public BackupCreate() : base("create", "Back a volume up. Says how it was taken: live, or with nothing running on it.", "davit backup create data", "davit backup create data --stop --no-wait")
    {
        Add(_volume);
        Add(_stop);
        _waiting.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var accepted = await asked.Api.PostAsync($"{env}/volumes/{Invocation.Part(asked.Get(_volume)!)}/backups", new BackupRequest(asked.Get(_stop)), (WireJson.Default.BackupRequest, WireJson.Default.ReceiptedBackupView), ct);
        if (!_waiting.Waits(asked))
            return Accepted.Show(asked, accepted, WireJson.Default.ReceiptedBackupView, accepted.Value.Id);

        var backup = await _waiting.LimitAsync(asked, Accepted.Backup(accepted.Value.Id), t => Accepted.EndAsync($"{env}/backups/{accepted.Value.Id}", asked, (WireJson.Default.BackupView, b => (b.State, b.Problem)), t), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(backup, WireJson.Default.BackupView);
        else
            asked.Terminal.Answer($"{backup.Id}: {backup.Files} files, {Proofs.Size(backup.Bytes)}, of which {Proofs.Size(backup.SentBytes)} were sent; {backup.Method}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit backup list</c></summary>
internal sealed class BackupList : ListVerb<BackupView>
{
    private readonly Argument<string?> _volume = new("volume") { Description = "Only those of this volume.", Arity = ArgumentArity.ZeroOrOne };

    public BackupList() : base("list", "List the backups of an environment, the newest first, also of volumes that were deleted.", "davit backup list", "davit backup list data --json") => Add(_volume);

    protected override string[] Head => ["ID", "VOLUME", "STATE", "TAKEN", "FILES", "SIZE", "HOW", "PROVEN"];

    protected override JsonTypeInfo<Page<BackupView>> Form => WireJson.Default.PageBackupView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) =>
        $"{await asked.EnvPathAsync(ct)}/backups{(asked.Get(_volume) is { } volume ? $"?volume={Invocation.Part(volume)}" : "")}";

    protected override string[] Row(BackupView item, Terminal terminal) =>
    [
        Tail(item.Id), item.Volume, item.State is "failed" ? terminal.Bad($"failed {item.Problem?.Code}") : item.State, When(item.CreatedAt, terminal), $"{item.Files}", Proofs.Size(item.Bytes),
        item.Method.Split(':')[0], item.ProvenAt is { } at ? When(at, terminal) : item.State is "done" ? terminal.Bad("never") : "",
    ];
}

/// <summary><c>davit backup get</c></summary>
internal sealed class BackupGet() : GetVerb(("backup", "backup", "Its id, or the last digits of its id."), "Show a backup: how it was taken, how it ended, when it was last proven.", "davit backup get 70819203", "davit backup get 70819203 --env staging")
{
    protected override async Task<JsonObject> FindAsync(Invocation asked, string name, CancellationToken ct) =>
        await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/backups/{Invocation.Part(name)}", WireJson.Default.JsonObject, ct);
}

/// <summary><c>davit backup verify</c></summary>
internal sealed class BackupVerify : Verb
{
    private readonly Argument<string> _backup = new("backup") { Description = "Its id, or the last digits of its id." };

    public BackupVerify() : base("verify", "Read all of a backup from its target and check every chunk and hash; nothing is restored.", "davit backup verify 70819203", "davit backup verify 70819203 --json") => Add(_backup);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var verified = await asked.Api.AwaitAsync($"{await asked.EnvPathAsync(ct)}/backups/{Invocation.Part(asked.Get(_backup)!)}/verification", WireJson.Default.VerificationView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(verified, WireJson.Default.VerificationView);
        else
            asked.Terminal.Answer($"{verified.Backup} is whole: {verified.Files} files, {Proofs.Size(verified.Bytes)}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit backup schedule</c></summary>
internal sealed class BackupSchedule : Verb
{
    private readonly Argument<string> _volume = new("volume") { Description = "The volume." };
    private readonly Option<string?> _every = new("--every") { Description = "How often it is backed up, such as 24h." };
    private readonly Option<string?> _prove = new("--prove") { Description = "How often the newest backup is restored into a scratch volume and compared; every 7 days when left away." };
    private readonly Option<int?> _keep = new("--keep") { Description = "How many backups are kept; 14 when left away. The newest proven one always stays." };
    private readonly Option<bool> _off = new("--off") { Description = "Neither back up nor prove by itself any more." };

    public BackupSchedule() : base("schedule", "Back a volume up regularly, and regularly prove that it can be restored.", "davit backup schedule data --every 24h", "davit backup schedule data --every 1h --prove 24h --keep 48")
    {
        foreach (var option in (Option[])[_every, _prove, _keep, _off])
            Add(option);
        Add(_volume);
        Validators.Add(result =>
        {
            if ((result.GetResult(_every) is null) != result.GetValue(_off))
                result.AddError("Give either --every or --off.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var off = asked.Get(_off);
        var policy = new BackupPolicyView(
            off ? null : Seconds("--every", asked.Get(_every)), off ? null : Seconds("--prove", asked.Get(_prove) ?? "7d"), asked.Get(_keep) ?? 14);
        var set = await asked.Api.PutAsync($"{await asked.EnvPathAsync(ct)}/volumes/{Invocation.Part(asked.Get(_volume)!)}/backup-policy", policy, (WireJson.Default.BackupPolicyView, WireJson.Default.ReceiptedVolumeView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(set, WireJson.Default.ReceiptedVolumeView);
        else
            asked.Terminal.Say(off ? $"{set.Value.Name} is backed up only when asked for" : $"{set.Value.Name} is backed up and proven by itself; see how it stands with: davit volume get {set.Value.Name}");
        return ExitCode.Done;
    }

    private static long? Seconds(string flag, string? text) => (long?)Durations.Of(flag, text)?.TotalSeconds;
}
