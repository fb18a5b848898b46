namespace Davit.Contracts.Documents;

/// <summary>The files of one contract. Each is read once; the host decides which names there are.</summary>
/// <param name="source">What is read: by paths from the root of the contract, with forward slashes.</param>
/// <param name="limits">Other limits than those that comparisons keep.</param>
internal sealed class FileSet(ContractSource source, ReadLimits? limits = null)
{
    private const int MostFiles = 20_000;

    private readonly Dictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnreadableException> _failures = new(StringComparer.Ordinal);

    public Document Open(string path)
    {
        if (_documents.TryGetValue(path, out var document))
            return document;
        if (_failures.TryGetValue(path, out var failure))
            throw failure;
        if (_documents.Count + _failures.Count >= MostFiles)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"the contract consists of more than {MostFiles} files");
        try
        {
            return _documents[path] = Read(path);
        }
        catch (UnreadableException unreadable)
        {
            _failures[path] = unreadable;
            throw;
        }
    }

    private Document Read(string path)
    {
        var bytes = (IsRemote(path) ? source.Fetch!(new Uri(path)) : source.Read(path)) ?? throw new UnreadableException(UnreadableCodes.Unresolved, $"there is no file '{path}'");
        return limits is null && path == source.Path ? source.Main(bytes) : DocumentReader.Read(path, bytes, limits);
    }

    /// <summary>A file as another one refers to it.</summary>
    public Document Open(string file, Node reference)
    {
        var from = reference.Document.Source.Name;
        var path = IsRemote(file) || IsRemote(from) ? Address(from, file, reference)
            : Path(from, Uri.UnescapeDataString(file)) ?? throw new UnreadableException(UnreadableCodes.OutsideRoot, $"'{file}' lies outside the directory of the contract", reference.Where);
        try
        {
            return Open(path);
        }
        catch (UnreadableException missing) when (missing is { Code: UnreadableCodes.Unresolved, At: null })
        {
            throw new UnreadableException(UnreadableCodes.Unresolved, missing.Message, reference.Where, missing);
        }
    }

    public static bool IsRemote(string file) => file.Contains("://", StringComparison.Ordinal) || file.StartsWith("//", StringComparison.Ordinal);

    /// <summary>What a file on another machine refers to is on that machine too.</summary>
    private string Address(string from, string file, Node reference)
    {
        if (source.Fetch is null)
            throw new UnreadableException(UnreadableCodes.Remote, $"'{file}' is on another machine; only files of the contract are read", reference.Where);
        return Whole(from, file) is { Scheme: "http" or "https", UserInfo: "" } address ? address.AbsoluteUri
            : throw new UnreadableException(UnreadableCodes.Remote, $"'{file}' is no address that can be fetched: http and https are, without a name and password", reference.Where);
    }

    /// <summary>The address of a file on another machine; null where it is none.</summary>
    public static Uri? Whole(string from, string file)
    {
        if (Uri.TryCreate(file, UriKind.Absolute, out var whole) && IsRemote(file))
            return whole;
        return IsRemote(from) && Uri.TryCreate(file, UriKind.Relative, out var relative) && Uri.TryCreate(new Uri(from), relative, out whole) ? whole : null;
    }

    /// <summary>A file of the contract as another one names it; null where it lies outside.</summary>
    public static string? Path(string from, string to)
    {
        if (to.StartsWith('/') || to.Contains('\\', StringComparison.Ordinal))
            return null;
        var steps = new List<string>(from.Split('/')[..^1]);
        foreach (var step in to.Split('/'))
        {
            if (step is "..")
            {
                if (steps.Count is 0)
                    return null;
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ""))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }
}
