namespace Davit.Cli.Contracts.Protobuf;

/// <summary>What a Protobuf text says about where it belongs: its package, and what it imports in the order in which it is written.</summary>
internal sealed record ProtoHead(string Package, IReadOnlyList<string> Imports)
{
    private const int MostImports = 1_000;
    private const int MostWords = 64;

    public static ProtoHead Of(string text)
    {
        var (package, imports) = ("", new List<string>());
        var statement = new List<string>();
        var depth = 0;
        for (var words = new ProtoWords(text); imports.Count < MostImports && words.Next(out var word);)
        {
            if (word is not ("{" or "}" or ";"))
            {
                if (depth is 0 && statement.Count < MostWords)
                    statement.Add(word.ToString());
                continue;
            }

            // Within braces both words may name a field.
            if (statement is ["package", .. var name] && word is ";")
                package = string.Concat(name);
            else if (statement is ["import", .., ['"' or '\'', .. var path, _]] && word is ";")
                imports.Add(path);
            depth = Math.Max(0, depth + (word is "{" ? 1 : word is "}" ? -1 : 0));
            statement.Clear();
        }

        return new ProtoHead(package, imports);
    }
}
