using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Normalizing;

/// <summary>Takes short volume entries apart: <c>[SOURCE:]TARGET[:OPTIONS]</c>.</summary>
internal static class MountForms
{
    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    /// <summary>The long form of a short entry, or what is wrong with it.</summary>
    public static (MapNode? Mount, string? Wrong) Parse(ScalarNode entry)
    {
        var text = entry.Text;
        if (text.Length is 0)
            return (null, "the volume is empty");
        var mount = entry.MapHere();
        if (text.Length <= 2)
        {
            mount["type"] = entry.TextHere("volume");
            mount["target"] = entry.TextHere(GoPath.Clean(text));
            return (mount, null);
        }

        return Fill(entry, mount, Sections(text)) is { } wrong ? (null, $"'{text}': {wrong}") : (mount, null);
    }

    /// <summary>The target of a short entry, which tells mounts of one service apart.</summary>
    public static (string Target, string? Wrong) TargetOf(ScalarNode entry)
    {
        var (mount, wrong) = Parse(entry);
        return (mount is null ? "" : RawTarget(Sections(entry.Text)), wrong);
    }

    private static string RawTarget(List<string> sections) => sections.Count is 1 ? sections[0] : sections[1];

    private static string? Fill(ScalarNode entry, MapNode mount, List<string> sections)
    {
        if (sections.Exists(s => s.Length is 0))
            return "a part between colons is empty";
        if (sections.Count > 3)
            return "too many colons";

        var source = sections.Count > 1 ? sections[0] : "";
        var isBind = IsFilePath(source);
        mount["type"] = entry.TextHere(isBind ? "bind" : "volume");
        if (source.Length > 0)
            mount["source"] = entry.TextHere(source);
        mount["target"] = entry.TextHere(GoPath.Clean(RawTarget(sections)));
        Options(entry, mount, sections.Count is 3 ? sections[2].Split(',') : [], isBind);
        return null;
    }

    private static void Options(ScalarNode entry, MapNode mount, string[] options, bool isBind)
    {
        var bind = entry.MapHere();
        var volume = entry.MapHere();
        var isReadOnly = false;
        foreach (var option in options)
        {
            switch (option)
            {
                case "ro" or "rw":
                    isReadOnly = option is "ro";
                    break;
                case "nocopy":
                    volume["nocopy"] = entry.BoolHere(true);
                    break;
                case "z" or "Z":
                    bind["selinux"] = entry.TextHere(option);
                    break;
                case var _ when Propagations.Contains(option, StringComparer.Ordinal):
                    bind["propagation"] = entry.TextHere(option);
                    break;
            }
        }

        if (isReadOnly)
            mount["read_only"] = entry.BoolHere(true);
        if (isBind)
            bind["create_host_path"] = entry.BoolHere(true);
        if (isBind || bind.Count > 0)
            mount["bind"] = bind;
        if (!isBind || volume.Count > 0)
            mount["volume"] = volume;
    }

    /// <summary>The parts between colons; a colon behind a single letter is a drive, one inside <c>${…}</c> is text.</summary>
    private static List<string> Sections(string text)
    {
        var sections = new List<string>();
        var start = 0;
        var nesting = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '$' && i + 1 < text.Length && text[i + 1] is '{')
                nesting++;
            else if (text[i] is '}' && nesting > 0)
                nesting--;
            else if (text[i] is ':' && nesting is 0 && !(i - start is 1 && char.IsLetter(text[start])))
            {
                sections.Add(text[start..i]);
                start = i + 1;
            }
        }

        sections.Add(text[start..]);
        return sections;
    }

    private static bool IsFilePath(string source) => source switch
    {
        "" => false,
        ['.' or '/' or '~', ..] => true,
        ['\\', '\\', ..] => true,
        [var letter, ':', ..] when char.IsLetter(letter) => true,
        _ => false,
    };
}
