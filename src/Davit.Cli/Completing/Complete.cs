using System.CommandLine;
using System.CommandLine.Completions;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Completing;

/// <summary><c>davit complete -- words…</c>: what can stand where the last word stands. Asked by the scripts of <c>davit completion</c>.</summary>
internal sealed class Complete : Verb
{
    /// <summary>A shell that waits longer than this is worse than one that completes nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string[]> _words = new("words") { Description = "The words after 'davit', the last one unfinished.", Arity = ArgumentArity.ZeroOrMore };

    public Complete() : base("complete", "Print what can come next on a command line, one word per line.", "davit complete -- env li")
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
        foreach (var word in await LiveAsync(before, limit.Token) ?? Static(before, last))
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
    private static async Task<IEnumerable<string>?> LiveAsync(string[] before, CancellationToken ct)
    {
        var parsed = CommandTree.Build().Parse(before.Length > 0 && before[^1].StartsWith('-') ? before[..^1] : before);
        var verb = parsed.CommandResult.Command;
        var wants = before is [.., "--app"] ? "app" : before is [.., "--env" or "-e"] ? "env" : verb.Arguments.Count > 0 && verb.Arguments[0].Name is "service" or "service=count" ? "service" : "";
        if (wants is "")
            return null;
        try
        {
            using var asked = new Invocation(parsed, GlobalOptions.Terminal(parsed));
            return wants switch
            {
                "app" => await NamesAsync(asked.Api.ListAsync($"{asked.Project}/apps", WireJson.Default.PageAppView, ct), a => a.Name),
                "env" => await NamesAsync(asked.Api.ListAsync($"{asked.AppPath}/envs", WireJson.Default.PageEnvView, ct), e => e.Name),
                _ => (await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/status", WireJson.Default.StatusView, ct)).Services.Select(s => s.Name),
            };
        }
        catch (Exception)
        {
            return [];
        }
    }

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
