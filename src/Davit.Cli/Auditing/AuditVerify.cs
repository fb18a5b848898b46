using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Wire;

namespace Davit.Cli.Auditing;

/// <summary><c>davit audit verify</c>: the server's log, or with a file and a key an export, without a server.</summary>
internal sealed class AuditVerify : Verb
{
    private readonly Option<string?> _file = new("--file") { Description = "An export to check instead of the server's log; needs no server." };
    private readonly Option<string?> _key = new("--key") { Description = "The public key (PEM) that the export must be signed with." };
    private readonly Option<string?> _against = new("--against") { Description = "SEQ:HASH of an event that you have kept elsewhere; the log must still hold it." };

    public AuditVerify() : base(
        "verify", "Compute the hash chain anew and name the first event that was altered, removed, moved, inserted or cut off.", "davit audit verify", "davit audit verify --file audit.zip --key davit.pem")
    {
        Add(_file);
        Add(_key);
        Add(_against);
        Validators.Add(result =>
        {
            if (result.GetValue(_file) is null != result.GetValue(_key) is null)
                result.AddError("--file and --key belong together: get the key with 'davit server key > davit.pem' and keep it elsewhere");
        });
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => asked.Get(_file) is { } file ? OfFileAsync(asked, file, ct) : OfServerAsync(asked, ct);

    private async Task<ExitCode> OfServerAsync(Invocation asked, CancellationToken ct)
    {
        var query = Against(asked) is { } place ? string.Create(CultureInfo.InvariantCulture, $"?seq={place.Seq}&hash={Invocation.Part(place.Hash)}") : "";
        var verdict = await asked.Api.GetAsync($"{asked.OrgPath}/audit/verdict{query}", WireJson.Default.AuditVerdictView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(verdict, WireJson.Default.AuditVerdictView);
        if (verdict.Break is { } found)
            throw new ProblemException(AuditProblems.Broken(new(found.Seq, Enum.Parse<ChainFault>(found.Fault.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), found.Detail)));
        asked.Terminal.Answer(verdict.Checked is 0 ? "no events" : $"events {verdict.From} to {verdict.Head} are intact; signed through {verdict.SignedThrough}");
        return ExitCode.Done;
    }

    private async Task<ExitCode> OfFileAsync(Invocation asked, string file, CancellationToken ct)
    {
        using var export = AuditFile.Open(file);
        var (manifest, verdict) = await export.VerifyAsync(await File.ReadAllTextAsync(asked.Get(_key)!, ct), Against(asked), ct);
        if (verdict.Break is { } found)
            throw new ProblemException(AuditProblems.Broken(found));
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(manifest, WireJson.Default.AuditManifest);
        asked.Terminal.Answer($"{manifest.Count} events of {manifest.Org}, {manifest.First} to {manifest.Last}, are intact and signed by {manifest.Key}");
        return ExitCode.Done;
    }

    private ChainPlace? Against(Invocation asked)
    {
        if (asked.Get(_against) is not { } text)
            return null;
        var cut = text.IndexOf(':', StringComparison.Ordinal);
        return cut > 0 && long.TryParse(text.AsSpan(0, cut), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new ChainPlace(seq, text[(cut + 1)..])
            : throw new UsageException(CliProblems.Bad($"'{text}'", "is not SEQ:HASH", "Copy both from: davit audit checkpoints"));
    }
}
