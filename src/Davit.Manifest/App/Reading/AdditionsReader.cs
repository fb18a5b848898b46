using System.Collections.Immutable;
using Davit.Manifest.Binding;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads what only <c>davit.yaml</c> can say about a service.</summary>
internal static class AdditionsReader
{
    public static StaticSpec Static(Reader r, LoadSession session)
    {
        var directory = GoPath.Below(session.Request.Source.Root, r.Text("directory") ?? ".");
        if (!r.Has("directory"))
            r.Error(ManifestProblems.StaticInvalid, $"{r.Path} is static and needs a directory", "");
        else if (!GoPath.IsBelow(session.Request.Source.Root, directory) || session.Request.Source.Look(directory) is SourceEntry.Refused)
            r.Error(ManifestProblems.PathOutside, $"{r.Below("directory")} leads out of the app directory", "directory");
        else if (session.Request.Source.Look(directory) is SourceEntry.File)
            r.Error(ManifestProblems.StaticInvalid, $"{r.Below("directory")} is a file", "directory");
        return new StaticSpec
        {
            Directory = GoPath.Relative(session.Request.Source.Root, directory),
            IsSinglePage = r.Flag("spa"),
            NotFound = r.Text("notFound"),
            Headers = [.. r.Items("headers").Select(h => new HeaderRuleSpec(h.Text("match") ?? "*", Maps.None.AddRange(Headers(h))))],
        };
    }

    public static ScheduleSpec Schedule(Reader r)
    {
        var cron = r.Text("schedule") ?? "";
        if (CronFields.Wrong(cron) is { } wrong)
            r.Error(ManifestProblems.ScheduleInvalid, $"{r.Below("schedule")}: {wrong}", "schedule");
        return new ScheduleSpec(string.Join(' ', cron.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            TimeZone = r.Text("timezone") ?? "UTC",
            Concurrency = r.Text("concurrency") switch { "queue" => JobConcurrency.Queue, "replace" => JobConcurrency.Replace, _ => JobConcurrency.Forbid },
            Deadline = r.Duration("deadline") ?? TimeSpan.FromHours(1),
            Retries = r.Int("retries") ?? 0,
            Keep = r.Int("keep") ?? 10,
            RunsMissedOnce = r.Text("missed") is "once",
        };
    }

    public static RetentionSpec Retention(Reader r) => new()
    {
        Releases = r.Int("releases") ?? RetentionSpec.Default.Releases,
        Logs = r.Duration("logs") ?? RetentionSpec.Default.Logs,
        LogSize = r.Size("logSize") ?? RetentionSpec.Default.LogSize,
    };

    /// <summary>A list of commands, each as a list of arguments or as text that is split into them.</summary>
    public static ImmutableArray<CommandSpec> Prestart(Reader r) =>
        [.. (r.Map["prestart"] as ListNode)?.Items.Select(i => new CommandSpec(Arguments(i, r))) ?? []];

    public static ImmutableSortedDictionary<string, VariableSpec> Variables(Reader davit) => Maps.Empty<VariableSpec>().AddRange(
        davit.Map.Child("variables").Entries.Select(e => KeyValuePair.Create(e.Key, Variable(new Reader(e.Value as MapNode ?? e.Value.MapHere(), $"variables.{e.Key}", davit.Faults), e.Value))));

    private static VariableSpec Variable(Reader r, Node node) => new(node.AsText ?? r.Text("type") ?? "string", r.MaybeFlag("required") ?? !r.Has("default"))
    {
        Default = r.Text("default"),
        Description = r.Text("description"),
        Values = r.Texts("values"),
    };

    private static IEnumerable<KeyValuePair<string, string>> Headers(Reader r) => r.Map.Entries
        .Where(e => e.Key is not "match")
        .Select(e => KeyValuePair.Create(e.Key.ToLowerInvariant(), (e.Value as ScalarNode)?.Text ?? ""))
        .DistinctBy(h => h.Key, StringComparer.Ordinal);

    private static ImmutableArray<string> Arguments(Node item, Reader r)
    {
        if (item is ListNode list)
            return [.. list.Items.OfType<ScalarNode>().Select(i => i.Text)];
        if (ShellWords.Split(item.AsText ?? "") is { Count: > 0 } words)
            return [.. words];
        r.Error(ManifestProblems.ValueInvalid, $"{r.Below("prestart")} holds a command that cannot be split; write it as a list", "prestart");
        return [];
    }
}
