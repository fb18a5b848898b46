using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit passkey …</c>: they are made and shown in a browser; here one looks after them.</summary>
internal sealed class PasskeyList() : ListVerb<PasskeyView>("list", "List your passkeys.", "davit passkey list", "davit passkey list --json")
{
    protected override string[] Head => ["ID", "NAME", "SINCE", "LAST USED", ""];

    protected override JsonTypeInfo<Page<PasskeyView>> Form => WireJson.Default.PagePasskeyView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult("v1/me/passkeys");

    protected override string[] Row(PasskeyView item, Terminal terminal) =>
        [item.Id, item.Name, When(item.CreatedAt, terminal), item.UsedAt is { } used ? When(used, terminal) : "never", item.IsSynced ? "synced" : ""];
}

internal sealed class PasskeyRename : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };
    private readonly Argument<string> _name = new("name") { Description = "1 to 100 characters." };

    public PasskeyRename() : base("rename", "Give a passkey another name.", "davit passkey rename pky_0190a0 Phone", "davit passkey rename pky_0190a0 Laptop --json")
    {
        Add(_id);
        Add(_name);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var answer = await asked.Api.PatchAsync($"v1/me/passkeys/{Invocation.Part(asked.Get(_id)!)}", new PasskeyUpdate(asked.Get(_name)!), (WireJson.Default.PasskeyUpdate, WireJson.Default.JsonObject), ct);
        return Answers.Show(asked, answer, "renamed");
    }
}

internal sealed class PasskeyDelete : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };

    public PasskeyDelete() : base("delete", "Take a passkey away; nobody signs in with it any more.", "davit passkey delete pky_0190a0", "davit passkey delete pky_0190a0 --json") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.DeleteAsync($"v1/me/passkeys/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct), "nobody signs in with it any more");
}

/// <summary><c>davit identity …</c>: linking one needs a browser.</summary>
internal sealed class IdentityList() : ListVerb<IdentityView>("list", "List the identities of providers that open your account.", "davit identity list", "davit identity list --json")
{
    protected override string[] Head => ["ID", "ORG", "PROVIDER", "SINCE", "LAST USED"];

    protected override JsonTypeInfo<Page<IdentityView>> Form => WireJson.Default.PageIdentityView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult("v1/me/identities");

    protected override string[] Row(IdentityView item, Terminal terminal) => [item.Id, item.Org, item.Provider, When(item.CreatedAt, terminal), item.UsedAt is { } used ? When(used, terminal) : "never"];
}

internal sealed class IdentityUnlink : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id." };

    public IdentityUnlink() : base("unlink", "Unlink an identity; it opens your account no more.", "davit identity unlink idn_0190a0", "davit identity unlink idn_0190a0 --json") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.DeleteAsync($"v1/me/identities/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct), "it opens your account no more");
}
