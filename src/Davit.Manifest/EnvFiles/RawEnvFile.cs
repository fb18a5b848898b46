namespace Davit.Manifest.EnvFiles;

/// <summary>Env files whose values are taken as they stand: no quotes, no variables, no inline comments.</summary>
internal static class RawEnvFile
{
    public static void Read(string text, Func<string, string?> lookup, IDictionary<string, string> output)
    {
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            var line = raw.TrimEnd('\r').TrimStart();
            if (line.Length is 0 || line[0] is '#')
                continue;
            var cut = line.IndexOf('=', StringComparison.Ordinal);
            if (cut > 0)
                output[line[..cut]] = line[(cut + 1)..];
            else if (cut < 0 && lookup(line) is { } value)
                output[line] = value;
        }
    }
}
