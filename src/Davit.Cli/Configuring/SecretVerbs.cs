using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary><c>davit secret …</c></summary>
internal static class Secrets
{
    public static Command Make() => new Noun("secret", "Set secrets and see who uses them. Nothing shows a value.")
    {
        new SecretSet(), new SecretRotate(), new SecretList(), new SecretGet(), new SecretVersions(), new SecretPreview(), new SecretValidate(), new SecretImport(), new SecretUnset(),
    };

    public static Argument<string> Argument() => new("secret") { Description = "Its name or id." };
}

/// <summary><c>davit secret list</c></summary>
internal sealed class SecretList : ListVerb<SecretView>
{
    private readonly PlaceOptions _place = new();

    public SecretList() : base("list", "List the secrets that are set at one place: version, age, author, and what runs with them.", "davit secret list --env production", "davit secret list --place org --json") => _place.AddTo(this);

    protected override string[] Head => ["NAME", "VERSION", "SET", "BY", "DELIVERED", "USED BY"];

    protected override JsonTypeInfo<Page<SecretView>> Form => WireJson.Default.PageSecretView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await _place.PathAsync(asked, ct)}/secrets";

    protected override string[] Row(SecretView item, Terminal terminal) => [item.Name, $"{item.Version}", When(item.SetAt, terminal), item.Author, item.Deliver, string.Join(", ", item.UsedBy)];
}

/// <summary><c>davit secret get</c></summary>
internal sealed class SecretGet : Verb
{
    private readonly Argument<string> _secret = Secrets.Argument();
    private readonly PlaceOptions _place = new();

    public SecretGet() : base("get", "Show what is known of a secret, which is everything but its value.", "davit secret get DB_PASSWORD", "davit secret get DB_PASSWORD --place app")
    {
        Aliases.Add("describe");
        Add(_secret);
        _place.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Document(await asked.Api.GetAsync($"{await _place.PathAsync(asked, ct)}/secrets/{Invocation.Part(asked.Get(_secret)!)}", WireJson.Default.JsonObject, ct), WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

/// <summary><c>davit secret versions</c></summary>
internal sealed class SecretVersions : ListVerb<SecretVersionView>
{
    private readonly Argument<string> _secret = Secrets.Argument();
    private readonly PlaceOptions _place = new();

    public SecretVersions() : base("versions", "List the versions of a secret, the newest first, and which of them are the same value.", "davit secret versions DB_PASSWORD", "davit secret versions DB_PASSWORD --json")
    {
        Add(_secret);
        _place.AddTo(this);
    }

    protected override string[] Head => ["VERSION", "SET", "BY", "HOW", "SAME AS"];

    protected override JsonTypeInfo<Page<SecretVersionView>> Form => WireJson.Default.PageSecretVersionView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await _place.PathAsync(asked, ct)}/secrets/{Invocation.Part(asked.Get(_secret)!)}/versions";

    protected override string[] Row(SecretVersionView item, Terminal terminal) => [$"{item.Version}", When(item.SetAt, terminal), item.Author, item.Origin, item.SameAs is { } same ? $"{same}" : ""];
}

/// <summary><c>davit secret preview</c></summary>
internal sealed class SecretPreview : Verb
{
    private readonly Argument<string> _secret = Secrets.Argument();
    private readonly PlaceOptions _place = new();

    public SecretPreview() : base("preview", "Show what runs with a secret, with which version, and what the next deployment restarts because of it.", "davit secret preview DB_PASSWORD", "davit secret preview DB_PASSWORD --place app --json")
    {
        Add(_secret);
        _place.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var preview = await asked.Api.GetAsync($"{await _place.PathAsync(asked, ct)}/secrets/{Invocation.Part(asked.Get(_secret)!)}/preview", WireJson.Default.SecretPreviewView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(preview, WireJson.Default.SecretPreviewView);
        else
            asked.Terminal.Table(["ENVIRONMENT", "SERVICE", "AS", "RUNS WITH", "NEXT DEPLOYMENT"], preview.Uses.Select(u => (string[])[u.Env, u.Service, u.How, $"version {u.Version}", u.Restarts ? "restarts it" : "keeps it"]));
        return ExitCode.Done;
    }
}

/// <summary><c>davit secret validate</c></summary>
internal sealed class SecretValidate() : Verb("validate", "Say whether everything that services need is set, and resolves, in an environment.", "davit secret validate --env production", "davit secret validate --env staging --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var found = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/configuration", WireJson.Default.ConfigurationView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(found, WireJson.Default.ConfigurationView);
        foreach (var name in found.Missing)
            asked.Terminal.Answer($"{asked.Terminal.Bad("missing")} {name}: davit secret set {name} --env {found.Env}");
        foreach (var fault in found.Faults)
            asked.Terminal.Answer($"{asked.Terminal.Bad("fault")} {fault.Message}");
        if (found.Missing.Count + found.Faults.Count is 0)
            asked.Terminal.Say($"{asked.Terminal.Good("whole")}: {found.Items.Count} names");
        return found.Missing.Count + found.Faults.Count is 0 ? ExitCode.Done : ExitCode.Problem;
    }
}
