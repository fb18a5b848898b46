using Davit.Corpora;

if (args is not [var folder, ..] || !Directory.Exists(folder))
{
    await Console.Error.WriteLineAsync("usage: corpora FOLDER [--misses]").ConfigureAwait(false);
    return 2;
}

var found = false;
foreach (var table in CorpusTables.All.Where(t => Directory.Exists(Path.Combine(folder, t.Folder))))
{
    found = true;
    var outcomes = table.Run(Path.Combine(folder, table.Folder)).ToList();
    await Console.Out.WriteLineAsync($"{table.Name}: {outcomes.Count(o => o.Miss is null)}/{outcomes.Count}").ConfigureAwait(false);
    foreach (var miss in args.Contains("--misses", StringComparer.Ordinal) ? outcomes.Where(o => o.Miss is not null) : [])
        await Console.Out.WriteLineAsync($"  {miss.Case}\n    {miss.Miss!.Replace("\n", "\n    ", StringComparison.Ordinal)}").ConfigureAwait(false);
}

if (found)
    return 0;
await Console.Error.WriteLineAsync($"{folder} holds no table").ConfigureAwait(false);
return 1;
