using System.CommandLine;
using System.Text;
using Davit.Cli.Shell;
using Davit.Manifest.EnvFiles;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary><c>davit secret set</c></summary>
internal class SecretSet : Verb
{
    private readonly Argument<string> _secret = new("secret") { Description = "Its name." };
    private readonly PlaceOptions _place = new();
    private readonly SecretInput _input = new();
    private readonly ConfigDeploy _deploy = new();

    public SecretSet() : this("set", "Set a secret: a new version, read from a file, standard input or the keyboard.",
        "davit secret set DB_PASSWORD --from-file password.txt --env production", "davit secret set API_KEY --place org", "davit secret set SESSION_KEY --random 48 --deploy")
    {
    }

    protected SecretSet(string name, string description, params string[] examples) : base(name, description, examples)
    {
        Add(_secret);
        _place.AddTo(this);
        _input.AddTo(this);
        _deploy.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _deploy.Check(asked, _place);
        await _place.AnnounceAsync(asked, ct);
        var name = asked.Get(_secret)!;
        var path = $"{await _place.PathAsync(asked, ct)}/secrets/{Invocation.Part(name)}";
        var set = await SendAsync(asked, path, await _input.ReadAsync(asked, name, ct), ct);
        foreach (var warning in set.Value.Warnings)
            asked.Terminal.Say($"warning: {warning}");
        if (!asked.Terminal.IsJson)
            asked.Terminal.Say($"{set.Value.Name} is at version {set.Value.Version}");
        else if (!_deploy.Follows(asked))
            asked.Terminal.Document(set, WireJson.Default.ReceiptedSecretView);
        return await _deploy.RunAsync(asked, $"secret {name} version {set.Value.Version}", ct);
    }

    protected virtual Task<Receipted<SecretView>> SendAsync(Invocation asked, string path, SecretRequest request, CancellationToken ct) =>
        asked.Api.PutAsync(path, request, (WireJson.Default.SecretRequest, WireJson.Default.ReceiptedSecretView), ct);
}

/// <summary><c>davit secret rotate</c></summary>
internal sealed class SecretRotate : SecretSet
{
    private readonly Option<string?> _window = new("--window") { Description = "How long older versions stay good, such as 1h; afterwards nothing starts with them. For ever when left away." };

    public SecretRotate() : base("rotate", "Give a secret that exists a new value: a random one, or one that is given.", "davit secret rotate SESSION_KEY --random 48 --deploy", "davit secret rotate DB_PASSWORD --from-file new.txt --window 1h") => Add(_window);

    protected override Task<Receipted<SecretView>> SendAsync(Invocation asked, string path, SecretRequest request, CancellationToken ct) => asked.Api.PostAsync(
        $"{path}/rotations", request with { WindowSeconds = (long?)Durations.Of("--window", asked.Get(_window))?.TotalSeconds }, (WireJson.Default.SecretRequest, WireJson.Default.ReceiptedSecretView), ct);
}

/// <summary><c>davit secret unset</c></summary>
internal sealed class SecretUnset : Verb
{
    private readonly Argument<string> _secret = Secrets.Argument();
    private readonly Option<string?> _confirm = NameConfirmation.Option("The secret's name; asked for on a terminal.");
    private readonly PlaceOptions _place = new();

    public SecretUnset() : base("unset", "Take a secret away. What runs keeps it, and so does what is rolled back to.", "davit secret unset OLD_KEY --yes OLD_KEY", "davit secret unset OLD_KEY --place app")
    {
        Add(_secret);
        Add(_confirm);
        _place.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await _place.AnnounceAsync(asked, ct);
        var path = $"{await _place.PathAsync(asked, ct)}/secrets/{Invocation.Part(asked.Get(_secret)!)}";
        var name = (await asked.Api.GetAsync(path, WireJson.Default.SecretView, ct)).Name;
        var confirmed = NameConfirmation.Of(asked, _confirm, name, "New deployments no longer get it.");
        var unset = await asked.Api.DeleteAsync($"{path}?confirm={Invocation.Part(confirmed)}", WireJson.Default.ReceiptedSecretView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(unset, WireJson.Default.ReceiptedSecretView);
        else
            asked.Terminal.Say($"{name} is not set any more");
        return ExitCode.Done;
    }
}

/// <summary><c>davit secret import</c></summary>
internal sealed class SecretImport : Verb
{
    private readonly Option<string> _from = new("--from") { Description = "A file of NAME=VALUE lines; - is standard input. A '$' is a '$'.", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show names with what would happen to them, and change nothing." };
    private readonly Option<bool> _force = new("--force") { Description = "Take also what is so short or plain that it cannot be kept out of logs." };
    private readonly PlaceOptions _place = new();

    public SecretImport() : base("import", "Set every secret of an env file: all of them, or none.", "davit secret import --from .env --env staging --dry-run", "davit secret import --from - --place app")
    {
        foreach (var option in (Option[])[_from, _dryRun, _force])
            Add(option);
        _place.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await _place.AnnounceAsync(asked, ct);
        var from = asked.Get(_from)!;
        var values = DotEnv.Read(from is "-" ? await ReadInputAsync(ct) : await File.ReadAllTextAsync(from, ct), from is "-" ? "standard input" : from);
        var request = new SecretImportRequest(values) { DryRun = asked.Get(_dryRun), Force = asked.Get(_force) };
        var imported = await asked.Api.PostAsync($"{await _place.PathAsync(asked, ct)}/secret-imports", request, (WireJson.Default.SecretImportRequest, WireJson.Default.ReceiptedSecretImportView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(imported, WireJson.Default.ReceiptedSecretImportView);
        foreach (var item in imported.Value.Items)
            asked.Terminal.Answer($"{item.Change switch { "added" => "+", "changed" => "~", _ => " " }} {item.Name}");
        return ExitCode.Done;
    }

    private static async Task<string> ReadInputAsync(CancellationToken ct)
    {
        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return await reader.ReadToEndAsync(ct);
    }
}
