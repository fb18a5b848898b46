using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Completing;

/// <summary><c>davit complete -- words…</c>: what can stand where the last word stands. Asked by the scripts of <c>davit completion</c>.</summary>
internal sealed class Complete : Verb
{
    /// <summary>A shell that waits longer than this is worse than one that completes nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string[]> _words = new("words") { Description = "The words after 'davit', the last one unfinished.", Arity = ArgumentArity.ZeroOrMore };

    public Complete() : base("complete", "Print what can come next on a command line, one word per line.", "davit complete -- env li", "davit complete -- logs --env ")
    {
        Hidden = true;
        Add(_words);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var words = asked.Get(_words) ?? [];
        var last = words is [.., var unfinished] ? unfinished : "";
        var before = words is [] ? [] : words[..^1];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        foreach (var word in await LiveAsync(before, last, limit.Token) ?? Static(before, last))
        {
            if (word.StartsWith(last, StringComparison.Ordinal))
                asked.Terminal.Answer(word);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<string> Static(string[] before, string last)
    {
        var parsed = CommandTree.Build().Parse(before);
        var command = parsed.CommandResult.Command;
        var subcommands = command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
        var flags = Lineage(command).SelectMany(c => c.Options).Select(o => o.Name);
        var values = command.Arguments.Concat<Symbol>(parsed.Tokens is [.., var flag] ? command.Options.Where(o => o.Name == flag.Value) : [])
            .SelectMany(s => s.GetCompletions(CompletionContext.Empty)).Select(c => c.Label);
        return (last.StartsWith('-') ? flags : subcommands.Concat(values)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    /// <summary>Names from the server where a name is wanted; nothing when it is away.</summary>
    private static async Task<IEnumerable<string>?> LiveAsync(string[] before, string last, CancellationToken ct)
    {
        var parsed = CommandTree.Build().Parse(before is [.. var rest, ['-', ..]] ? rest : before);
        if (Wanted(before, last, parsed.CommandResult.Command) is not { } list)
            return null;
        try
        {
            using var asked = new Invocation(parsed, GlobalOptions.Terminal(parsed));
            return await list(asked, ct);
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static Func<Invocation, CancellationToken, Task<IEnumerable<string>>>? Wanted(string[] before, string last, Command verb) => before switch
    {
        [.., "--app"] => AppsAsync,
        [.., "--env" or "-e"] => EnvsAsync,
        [.., "--instance"] => InstancesAsync,
        [.., "--deployment" or "--to"] => DeploymentsAsync,
        [.., "--release"] => ReleasesAsync,
        _ when last.StartsWith('-') || verb.Arguments is [] => null,
        _ => verb.Arguments[0].Name switch
        {
            "service" or "service=count" => ServicesAsync,
            "instance" => InstancesAsync,
            "deployment" => DeploymentsAsync,
            "release" => ReleasesAsync,
            "name" when verb.Name is not "create" => verb.Parents.OfType<Command>().FirstOrDefault()?.Name switch { "app" => AppsAsync, "env" => EnvsAsync, _ => null },
            _ => null,
        },
    };

    private static Task<IEnumerable<string>> AppsAsync(Invocation asked, CancellationToken ct) =>
        NamesAsync(asked.Api.ListAsync($"{asked.Project}/apps", WireJson.Default.PageAppView, ct), a => a.Name);

    private static Task<IEnumerable<string>> EnvsAsync(Invocation asked, CancellationToken ct) =>
        NamesAsync(asked.Api.ListAsync($"{asked.AppPath}/envs", WireJson.Default.PageEnvView, ct), e => e.Name);

    private static Task<IEnumerable<string>> ReleasesAsync(Invocation asked, CancellationToken ct) => FirstAsync($"{asked.AppPath}/releases", WireJson.Default.PageReleaseView, r => $"{r.Number}", asked, ct);

    private static async Task<IEnumerable<string>> DeploymentsAsync(Invocation asked, CancellationToken ct) =>
        await FirstAsync($"{await asked.EnvPathAsync(ct)}/deployments", WireJson.Default.PageDeploymentView, d => $"{d.Number}", asked, ct);

    private static async Task<IEnumerable<string>> InstancesAsync(Invocation asked, CancellationToken ct) =>
        await FirstAsync($"{await asked.EnvPathAsync(ct)}/instances", WireJson.Default.PageInstanceView, i => i.Name, asked, ct);

    private static async Task<IEnumerable<string>> ServicesAsync(Invocation asked, CancellationToken ct) =>
        await FirstAsync($"{await asked.EnvPathAsync(ct)}/services", WireJson.Default.PageServiceStatusView, s => s.Name, asked, ct);

    private static async Task<IEnumerable<string>> FirstAsync<T>(string list, JsonTypeInfo<Page<T>> form, Func<T, string> name, Invocation asked, CancellationToken ct) =>
        (await asked.Api.GetAsync($"{list}?limit=50", form, ct)).Items.Select(name);

    private static async Task<IEnumerable<string>> NamesAsync<T>(IAsyncEnumerable<T> items, Func<T, string> name)
    {
        var names = new List<string>();
        await foreach (var item in items)
            names.Add(name(item));
        return names;
    }

    private static IEnumerable<Command> Lineage(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault()!)
            yield return at;
    }
}
