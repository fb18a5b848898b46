using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit member invite</c>: one person, or everybody of a file.</summary>
internal sealed class MemberInvite : Verb
{
    private readonly Argument<string?> _email = new("address") { Description = "A mail address.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _role = new("--role") { Description = "owner, admin, developer, member (the default) or viewer." };
    private readonly Option<string[]> _teams = new("--team") { Description = "A team to be in; may be given more than once." };
    private readonly Option<string?> _from = new("--from") { Description = "A CSV file with a header email,role,team; - is standard input. All of it is taken, or nothing." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "With --from: check the file, and invite nobody." };

    public MemberInvite() : base("invite", "Invite somebody, or everybody of a file. A token is shown once, is good once, for a week, and for its address alone.",
        "davit member invite ann@example.com --role developer --team shop", "davit member invite --from people.csv --dry-run")
    {
        Add(_email);
        foreach (var option in (Option[])[_role, _teams, _from, _dryRun])
            Add(option);
        Validators.Add(result =>
        {
            var isFile = result.GetValue(_from) is not null;
            if (isFile == result.GetValue(_email) is not null)
                result.AddError("give an address, or a file with --from");
            if (isFile && (result.GetValue(_role) is not null || result.GetValue(_teams) is { Length: > 0 }))
                result.AddError("--role and --team stand in the file");
            if (!isFile && result.GetValue(_dryRun))
                result.AddError("--dry-run is for --from");
        });
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => asked.Get(_from) is { } file ? InviteAllAsync(asked, file, ct) : InviteAsync(asked, ct);

    private async Task<ExitCode> InviteAsync(Invocation asked, CancellationToken ct)
    {
        var request = new InvitationRequest(asked.Get(_email)!, asked.Get(_role) ?? "member") { Teams = asked.Get(_teams) ?? [] };
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/invitations", request, (WireJson.Default.InvitationRequest, WireJson.Default.JsonObject), ct);
        return Answers.ShowSecret(asked, made, (string?)made["value"]?["token"] ?? "", $"Send this to {request.Email}. They join with: davit join --email {request.Email} --name NAME, with it and a password as lines of standard input");
    }

    private async Task<ExitCode> InviteAllAsync(Invocation asked, string file, CancellationToken ct)
    {
        var request = new InvitationImportRequest(await ReadAsync(file, ct)) { DryRun = asked.Get(_dryRun) };
        var made = await asked.Api.PostAsync($"{asked.OrgPath}/invitation-imports", request, (WireJson.Default.InvitationImportRequest, WireJson.Default.ReceiptedInvitationImportView), ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(made, WireJson.Default.ReceiptedInvitationImportView);
            return ExitCode.Done;
        }

        asked.Terminal.Say(request.DryRun ? $"{made.Value.Items.Count} people would be invited" : $"{made.Value.Items.Count} people are invited; send each of them their token, which is shown this once");
        asked.Terminal.Table(["ADDRESS", "ROLE", "TEAMS", "TOKEN"], made.Value.Items.Select(i => new[] { i.Email, i.Role, string.Join(",", i.Teams), i.Token ?? "" }));
        return ExitCode.Done;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            return file is "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(CliProblems.Bad($"'{file}'", "cannot be read", "Give the path of a CSV file, or - for standard input."));
        }
    }
}
