using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Volumes;

/// <summary><c>davit volume list</c></summary>
internal sealed class VolumeList() : ListVerb<VolumeView>("list", "List the volumes of an environment with the age of the last proven restore.", "davit volume list", "davit volume list --env staging --json")
{
    protected override string[] Head => ["VOLUME", "USED BY", "LAST BACKUP", "LAST PROVEN RESTORE", "NOW"];

    protected override JsonTypeInfo<Page<VolumeView>> Form => WireJson.Default.PageVolumeView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await asked.EnvPathAsync(ct)}/volumes";

    protected override string[] Row(VolumeView item, Terminal terminal) => [item.Name, string.Join(",", item.UsedBy), Proofs.LastBackup(item, terminal), Proofs.Of(item, terminal), item.Work];
}

/// <summary><c>davit volume get</c></summary>
internal sealed class VolumeGet : Verb
{
    private readonly Argument<string> _volume = new("volume") { Description = "Its name." };

    public VolumeGet() : base("get", "Show a volume: who uses it, how large it is, its backups and the age of the last proven restore.", "davit volume get data", "davit volume get data --env staging --json")
    {
        Aliases.Add("describe");
        Add(_volume);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var volume = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/volumes/{Invocation.Part(asked.Get(_volume)!)}", WireJson.Default.VolumeView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(volume, WireJson.Default.VolumeView);
        else
            Print(asked.Terminal, volume);
        return ExitCode.Done;
    }

    private static void Print(Terminal terminal, VolumeView volume)
    {
        terminal.Answer($"{terminal.Strong(volume.Name)} ({volume.RuntimeName})");
        terminal.Answer($"used by              {(volume.UsedBy.Count is 0 ? "nothing" : string.Join(", ", volume.UsedBy))}");
        terminal.Answer($"size                 {(volume.Bytes is { } bytes ? Proofs.Size(bytes) : "the runtime does not say")}");
        terminal.Answer($"last backup          {Proofs.LastBackup(volume, terminal)}{(volume.LastBackup is { } last ? $"  {last.Id}, {last.Files} files, {Proofs.Size(last.Bytes)}, {last.Method}" : "")}");
        terminal.Answer($"last proven restore  {Proofs.Of(volume, terminal)}");
        if (volume.WorryDetail is not "")
            terminal.Answer($"                     {volume.WorryDetail}");
        terminal.Answer($"schedule             {(volume.Policy is { } policy ? Schedule(policy) : $"none  {terminal.Dim($"try davit backup schedule {volume.Name} --every 24h")}")}");
        if (volume.Work is not "")
            terminal.Answer($"now                  {volume.Work}");
    }

    private static string Schedule(BackupPolicyView policy) =>
        $"{Every("backup", policy.EverySeconds)}, {Every("proof", policy.ProveSeconds)}, the last {policy.Keep} are kept";

    private static string Every(string what, long? seconds) => seconds is { } s ? $"a {what} every {Proofs.Words(TimeSpan.FromSeconds(s))}" : $"no {what} by itself";
}

/// <summary><c>davit volume delete</c></summary>
internal sealed class VolumeDelete : Verb
{
    private readonly Argument<string> _volume = new("volume") { Description = "Its name." };
    private readonly Option<string?> _confirm = NameConfirmation.Option("The volume's name once more; asked for on a terminal.");

    public VolumeDelete() : base("delete", "Delete a volume that nothing uses, with the data in it. Its backups stay for 14 days.", "davit volume delete old-data --yes old-data", "davit volume delete old-data --env staging")
    {
        Add(_volume);
        Add(_confirm);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var name = asked.Get(_volume)!;
        var path = $"{await asked.EnvPathAsync(ct)}/volumes/{Invocation.Part(name)}";
        var confirmed = NameConfirmation.Of(asked, _confirm, name, "This deletes the data in the volume and cannot be undone.");
        var deleted = await asked.Api.DeleteAsync($"{path}?confirm={Invocation.Part(confirmed)}", WireJson.Default.ReceiptedVolumeView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(deleted, WireJson.Default.ReceiptedVolumeView);
        else
            asked.Terminal.Say($"deleted volume {name}");
        return ExitCode.Done;
    }
}
