namespace Davit.Contracts.Documents;

/// <summary>Writes a reference so that it leads to the same place when it is read in another document.</summary>
internal static class MovedReference
{
    /// <param name="into">The name of the other document. One on another machine can name no file of the contract.</param>
    public static string Write(Node reference, string into)
    {
        var text = reference.Text!;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (file, fragment) = hash < 0 ? (text, "") : (text[..hash], text[hash..]);
        return File(reference.Document.Source.Name, file, into) + fragment;
    }

    private static string File(string from, string file, string into)
    {
        if (FileSet.IsRemote(from) || FileSet.IsRemote(file))
            return file is "" ? from : FileSet.Whole(from, file)?.AbsoluteUri ?? file;
        var path = file is "" ? from : FileSet.Path(from, Uri.UnescapeDataString(file));
        // What lies outside the contract must not come inside by being written elsewhere.
        return path is null ? '/' + file : string.Concat(Enumerable.Repeat("../", into.Count(c => c is '/'))) + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }
}
