using Davit.Contracts;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>All Protobuf files of one side of a repository, in a directory where nothing else is: no import and no link leads out of it.</summary>
internal sealed class ProtoSide
{
    private readonly string _place;
    private readonly Func<string, string> _named;
    private readonly string[] _searched;

    /// <param name="place">Where they were written to.</param>
    /// <param name="files">From there.</param>
    /// <param name="named">How the user knows a directory of this side.</param>
    public ProtoSide(string place, IEnumerable<string> files, Func<string, string> named)
    {
        (_place, _named) = (place, named);
        Roots = ImportRoots.Of(files, f => File.ReadAllText(Path.Combine(place, f)));
        _searched = [.. Roots.Values.Distinct(StringComparer.Ordinal).Where(r => r is not "" && Protoc.Takes(r)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The directory that the imports of each file begin in.</summary>
    public IReadOnlyDictionary<string, string> Roots { get; }

    /// <summary>Files below one root as one contract, or why they do not compile.</summary>
    /// <exception cref="ProblemException">There is no compiler.</exception>
    public ProtoOutcome Compiled(string root, IEnumerable<string> files, CancellationToken ct)
    {
        string[] directories = [root, .. _searched.Where(r => r != root).OrderByDescending(r => Shared(r, root)), .. root is "" ? Array.Empty<string>() : [""]];
        var roots = new ProtoRoots([.. directories.Select(d => d is "" ? _place : Path.Combine(_place, d))], [.. directories.Select(_named)]) { TellsWhole = true };
        try
        {
            return new ProtoOutcome(ProtoInput.Compiled(ProtoGroup.Named(root), roots, [.. files.Select(f => root is "" ? f : f[(root.Length + 1)..]).Order(StringComparer.Ordinal)], ct) with { Directory = root }, Why: null);
        }
        catch (ProblemException refused) when (ContractProblems.IsOfCompiling(refused.Problem) && refused.InnerException is null)
        {
            return new ProtoOutcome(Source: null, refused.Problem);
        }
    }

    /// <summary>How many directories both lie in: what is near is meant rather than what is far.</summary>
    private static int Shared(string one, string other) => one.Split('/').Zip(other.Split('/')).TakeWhile(s => s.First == s.Second).Count();
}

/// <summary>What came of compiling files: either of both.</summary>
/// <param name="Why">They do not compile.</param>
internal sealed record ProtoOutcome(ContractSource? Source, Problem? Why)
{
    /// <summary>There were no files.</summary>
    public static ProtoOutcome None { get; } = new(null, null);
}
