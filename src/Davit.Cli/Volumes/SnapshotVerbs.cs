using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Deploying;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Volumes;

/// <summary><c>davit volume snapshot …</c></summary>
internal static class Snapshots
{
    public static Command Make() => new Noun("snapshot", "Keep a point in time of a volume beside it, go back to it, or make a volume of it.")
    {
        new SnapshotCreate(), new SnapshotList(), new SnapshotGet(), new SnapshotRestore(), new SnapshotClone(), new SnapshotDelete(),
    };

    public static Argument<string> Argument() => new("snapshot") { Description = "Its id, or the last digits of its id." };

    public static Work Work(string id) => new(id, $"davit volume snapshot get {id}", $"See how far it is with: davit volume snapshot get {id}");

    public static string How(SnapshotView snapshot) => snapshot.Method switch
    {
        "paused" => $"what mounts it stood still for {snapshot.PausedMs} ms",
        "stopped" => "nothing ran on it",
        _ => "it was written to meanwhile, so files may not fit together",
    };
}

/// <summary><c>davit volume snapshot create</c></summary>
internal sealed class SnapshotCreate : Verb
{
    private readonly Argument<string> _volume = new("volume") { Description = "The volume." };
    private readonly Option<bool> _stop = new("--stop") { Description = "Stop the services that mount it first, and start them afterwards; otherwise they only stand still while it is copied." };
    private readonly Option<bool> _live = new("--live") { Description = "Let everything run on. The copy is of no one point in time." };
    private readonly WaitOptions _waiting = new();

    public SnapshotCreate() : base("create", "Take a snapshot of a volume: everything that mounts it stands still while it is copied, and then goes on.", "davit volume snapshot create data", "davit volume snapshot create data --stop")
    {
        foreach (var option in (Option[])[_stop, _live])
            Add(option);
        Add(_volume);
        _waiting.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_stop) && result.GetValue(_live))
                result.AddError("Give either --stop or --live.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var request = new SnapshotRequest(asked.Get(_stop) ? "stopped" : asked.Get(_live) ? "live" : "paused");
        var accepted = await asked.Api.PostAsync($"{env}/volumes/{Invocation.Part(asked.Get(_volume)!)}/snapshots", request, (WireJson.Default.SnapshotRequest, WireJson.Default.ReceiptedSnapshotView), ct);
        if (accepted.Value.ExpectedPauseMs is { } pause && !asked.Terminal.IsStable)
            asked.Terminal.Say($"what mounts {accepted.Value.Volume} stands still for about {Proofs.Words(TimeSpan.FromSeconds(Math.Ceiling(pause / 1000.0)))}");
        if (!_waiting.Waits(asked))
            return Accepted.Show(asked, accepted, WireJson.Default.ReceiptedSnapshotView, accepted.Value.Id);

        var id = accepted.Value.Id;
        var snapshot = await _waiting.LimitAsync(asked, Snapshots.Work(id), t => Accepted.EndAsync($"{env}/snapshots/{id}", asked, (WireJson.Default.SnapshotView, s => (s.State, s.Problem)), t), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(snapshot, WireJson.Default.SnapshotView);
        else
            asked.Terminal.Answer($"{snapshot.Id}: {snapshot.Files} files, {Proofs.Size(snapshot.Bytes)}; {snapshot.Method}: {Snapshots.How(snapshot)}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit volume snapshot list</c></summary>
internal sealed class SnapshotList : ListVerb<SnapshotView>
{
    private readonly Argument<string?> _volume = new("volume") { Description = "Only those of this volume.", Arity = ArgumentArity.ZeroOrOne };

    public SnapshotList() : base("list", "List the snapshots of an environment, the newest first, also of volumes that were deleted.", "davit volume snapshot list", "davit volume snapshot list data --json") => Add(_volume);

    protected override string[] Head => ["ID", "VOLUME", "STATE", "TAKEN", "FILES", "SIZE", "HOW", "STOOD STILL"];

    protected override JsonTypeInfo<Page<SnapshotView>> Form => WireJson.Default.PageSnapshotView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) =>
        $"{await asked.EnvPathAsync(ct)}/snapshots{(asked.Get(_volume) is { } volume ? $"?volume={Invocation.Part(volume)}" : "")}";

    protected override string[] Row(SnapshotView item, Terminal terminal) =>
    [
        Tail(item.Id), item.Volume, item.State is "failed" ? terminal.Bad($"failed {item.Problem?.Code}") : item.State, When(item.CreatedAt, terminal), $"{item.Files}", Proofs.Size(item.Bytes), item.Method,
        item.Method is "paused" && !terminal.IsStable ? $"{item.PausedMs} ms" : "",
    ];
}

/// <summary><c>davit volume snapshot get</c></summary>
internal sealed class SnapshotGet() : GetVerb(("volume snapshot", "snapshot", "Its id, or the last digits of its id."), "Show a snapshot: how it was taken, how long services stood still, how it ended.", "davit volume snapshot get 70819203", "davit volume snapshot get 70819203 --env staging")
{
    protected override async Task<JsonObject> FindAsync(Invocation asked, string name, CancellationToken ct) =>
        await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/snapshots/{Invocation.Part(name)}", WireJson.Default.JsonObject, ct);
}

/// <summary><c>davit volume snapshot restore</c></summary>
internal sealed class SnapshotRestore : Verb
{
    private readonly Argument<string> _snapshot = Snapshots.Argument();
    private readonly Option<string?> _confirm = NameConfirmation.Option("The volume's name, because its present data is lost; asked for on a terminal.");
    private readonly WaitOptions _waiting = new();

    public SnapshotRestore() : base("restore", "Put the data of a snapshot in the place of the volume's: services stop first and start afterwards.", "davit volume snapshot restore 70819203 --yes data", "davit volume snapshot restore 70819203")
    {
        Add(_confirm);
        Add(_snapshot);
        _waiting.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var path = $"{env}/snapshots/{Invocation.Part(asked.Get(_snapshot)!)}";
        var volume = (await asked.Api.GetAsync(path, WireJson.Default.SnapshotView, ct)).Volume;
        var request = new RestoreRequest { InPlace = true, Confirm = NameConfirmation.Of(asked, _confirm, volume, "This replaces the data in the volume and cannot be undone.") };
        var accepted = await asked.Api.PostAsync($"{path}/restores", request, (WireJson.Default.RestoreRequest, WireJson.Default.ReceiptedRestoreView), ct);
        return await Accepted.FollowAsync(asked, env, accepted, _waiting, r => $"{r.Volume} is as it was: {r.Files} files, {Proofs.Size(r.Bytes)}, compared with {r.Backup}", ct);
    }
}

/// <summary><c>davit volume snapshot clone</c></summary>
internal sealed class SnapshotClone : Verb
{
    private readonly Argument<string> _snapshot = Snapshots.Argument();
    private readonly Option<string> _as = new("--as") { Description = "The name of the new volume; mount it by deploying a manifest that names it.", Required = true };
    private readonly WaitOptions _waiting = new();

    public SnapshotClone() : base("clone", "Make a new volume of a snapshot. Every file is compared.", "davit volume snapshot clone 70819203 --as data-copy", "davit volume snapshot clone 70819203 --as trial --no-wait")
    {
        Add(_as);
        Add(_snapshot);
        _waiting.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var accepted = await asked.Api.PostAsync($"{env}/snapshots/{Invocation.Part(asked.Get(_snapshot)!)}/restores", new RestoreRequest(asked.Get(_as)!), (WireJson.Default.RestoreRequest, WireJson.Default.ReceiptedRestoreView), ct);
        return await Accepted.FollowAsync(asked, env, accepted, _waiting, r => $"{r.Volume} is made: {r.Files} files, {Proofs.Size(r.Bytes)}, compared with {r.Backup}", ct);
    }
}

/// <summary><c>davit volume snapshot delete</c></summary>
internal sealed class SnapshotDelete : Verb
{
    private readonly Argument<string> _snapshot = Snapshots.Argument();
    private readonly Option<string?> _confirm = NameConfirmation.Option("The last eight digits of its id; asked for on a terminal.");

    public SnapshotDelete() : base("delete", "Delete a snapshot with the data in it. The volume it is of stays as it is.", "davit volume snapshot delete 70819203 --yes 70819203", "davit volume snapshot delete 70819203")
    {
        Add(_confirm);
        Add(_snapshot);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var snapshots = $"{await asked.EnvPathAsync(ct)}/snapshots";
        var id = (await asked.Api.GetAsync($"{snapshots}/{Invocation.Part(asked.Get(_snapshot)!)}", WireJson.Default.SnapshotView, ct)).Id;
        var confirmed = NameConfirmation.Of(asked, _confirm, id[^8..], "This deletes the data in the snapshot and cannot be undone.");
        var accepted = await asked.Api.DeleteAsync($"{snapshots}/{id}?confirm={Invocation.Part(confirmed)}", WireJson.Default.ReceiptedSnapshotView, ct);
        await Accepted.GoneAsync(snapshots, id, asked, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedSnapshotView);
        else
            asked.Terminal.Say($"deleted snapshot {id}");
        return ExitCode.Done;
    }
}
