using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Operating;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Resources;

/// <summary>One kind of resource with the usual verbs; what differs is where it lies and how it looks in a table.</summary>
/// <param name="Noun">As typed.</param>
/// <param name="Collection">The API path of the list.</param>
internal sealed record ResourceKind<T>(string Noun, string What, Func<Invocation, string> Collection, JsonTypeInfo<Page<T>> Form, string[] Head, Func<T, string[]> Row)
{
    /// <summary>Deleting goes on after it was accepted; wait for the end.</summary>
    public bool DeletesInBackground { get; init; }

    public string Prefix => Noun switch { "project" => "prj", "team" => "tea", "principal" => "spn", "sso" => "idp", "trust" => "trl", _ => Noun };

    /// <summary>Takes the place of the usual one.</summary>
    public Func<ResourceKind<T>, ResourceList<T>> List { get; init; } = static kind => new ResourceList<T>(kind);

    /// <param name="more">Verbs that only this kind has.</param>
    public Command ToCommand(params Command[] more)
    {
        var noun = new Noun(Noun, $"Look at and change {What}.") { List(this), new ResourceGet<T>(this), new ResourceCreate<T>(this), new ResourceUpdate<T>(this), new ResourceDelete<T>(this) };
        foreach (var verb in more)
            noun.Add(verb);
        return noun;
    }
}

internal class ResourceList<T>(ResourceKind<T> kind) : ListVerb<T>("list", $"List {kind.What}.", $"davit {kind.Noun} list", $"davit {kind.Noun} list --json")
{
    protected override string[] Head => kind.Head;

    protected override JsonTypeInfo<Page<T>> Form => kind.Form;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult(kind.Collection(asked));

    protected override string[] Row(T item, Terminal terminal) => kind.Row(item);
}

internal sealed class ResourceGet<T> : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name or id." };
    private readonly ResourceKind<T> _kind;

    public ResourceGet(ResourceKind<T> kind) : base("get", $"Show one of {kind.What}.", $"davit {kind.Noun} get NAME", $"davit {kind.Noun} get {kind.Prefix}_0190a0")
    {
        _kind = kind;
        Aliases.Add("describe");
        Add(_name);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var found = await asked.Api.GetAsync($"{_kind.Collection(asked)}/{Invocation.Part(asked.Get(_name)!)}", WireJson.Default.JsonObject, ct);
        asked.Terminal.Document(found, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

internal sealed class ResourceCreate<T> : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "1 to 63 of a–z, 0–9 and '-'." };
    private readonly Option<string?> _description = new("--description") { Description = "For people." };
    private readonly ResourceKind<T> _kind;

    public ResourceCreate(ResourceKind<T> kind) : base("create", $"Make one of {kind.What}.", $"davit {kind.Noun} create NAME", $"davit {kind.Noun} create NAME --description 'The shop'")
    {
        _kind = kind;
        Add(_name);
        Add(_description);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var made = await asked.Api.PostAsync(_kind.Collection(asked), new CreateRequest(asked.Get(_name)!, asked.Get(_description) ?? ""), (WireJson.Default.CreateRequest, WireJson.Default.JsonObject), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(made, WireJson.Default.JsonObject);
        else
            asked.Terminal.Answer((string?)made["value"]?["id"] ?? "");
        return ExitCode.Done;
    }
}

internal sealed class ResourceUpdate<T> : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name or id." };
    private readonly Option<string?> _newName = new("--name") { Description = "The new name; the id stays." };
    private readonly Option<string?> _description = new("--description") { Description = "For people." };
    private readonly Option<long?> _expected = new("--expected-version") { Description = "The version the change is made for; the present one when left away." };
    private readonly ResourceKind<T> _kind;

    public ResourceUpdate(ResourceKind<T> kind) : base("update", $"Rename or describe one of {kind.What}.", $"davit {kind.Noun} update NAME --description 'The shop'", $"davit {kind.Noun} update NAME --name OTHER")
    {
        _kind = kind;
        foreach (var option in (Option[])[_newName, _description, _expected])
            Add(option);
        Add(_name);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{_kind.Collection(asked)}/{Invocation.Part(asked.Get(_name)!)}";
        var expected = asked.Get(_expected) ?? (long)(await asked.Api.GetAsync(path, WireJson.Default.JsonObject, ct))["version"]!;
        var changed = await asked.Api.PatchAsync(path, new UpdateRequest(expected) { Name = asked.Get(_newName), Description = asked.Get(_description) },
            (WireJson.Default.UpdateRequest, WireJson.Default.JsonObject), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(changed, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

internal sealed class ResourceDelete<T> : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name." };
    private readonly Option<string?> _confirm = new("--confirm") { Description = "The name once more; asked for on a terminal." };
    private readonly ResourceKind<T> _kind;

    public ResourceDelete(ResourceKind<T> kind) : base("delete", $"Delete one of {kind.What}, with everything Davit made for it and nothing else.", $"davit {kind.Noun} delete NAME --confirm NAME", $"davit {kind.Noun} delete NAME")
    {
        _kind = kind;
        Add(_name);
        Add(_confirm);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{_kind.Collection(asked)}/{Invocation.Part(asked.Get(_name)!)}";
        var found = await asked.Api.GetAsync(path, WireJson.Default.JsonObject, ct);
        var name = (string)found["name"]!;
        var confirm = NameConfirmation.Of(asked, _confirm, name, "This cannot be undone.");
        var deleted = await asked.Api.DeleteAsync($"{path}?expectedVersion={found["version"]}&confirm={Invocation.Part(confirm)}", WireJson.Default.JsonObject, ct);
        if (_kind.DeletesInBackground)
            await Converging.GoneAsync(asked, path, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(deleted, WireJson.Default.JsonObject);
        else
            asked.Terminal.Say($"deleted {_kind.Noun} {name}");
        return ExitCode.Done;
    }
}
