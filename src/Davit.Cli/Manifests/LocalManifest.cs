using System.Collections;
using System.Collections.Immutable;
using Davit.Cli.Shell;
using Davit.Manifest;
using Davit.Model;

namespace Davit.Cli.Manifests;

/// <summary>The files of a directory of this machine, read with the library that the control plane reads them with.</summary>
internal sealed record LocalManifest(string Directory)
{
    public ImmutableArray<string> ComposeFiles { get; init; } = [];

    public ImmutableArray<string> Profiles { get; init; } = [];

    public ImmutableArray<string> AllowUnset { get; init; } = [];

    public ImmutableArray<string> EnvFiles { get; init; } = [];

    public string? Environment { get; init; }

    /// <summary>Only these of the variables; all when <see langword="null"/>.</summary>
    public ImmutableSortedSet<string>? Only { get; init; }

    /// <summary>What the server takes for the name: the app's.</summary>
    public string? App { get; init; }

    /// <summary>The process environment; PWD is there as in any shell.</summary>
    public static ImmutableSortedDictionary<string, string> Variables { get; } = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value ?? ""))
        .Append(KeyValuePair.Create("PWD", System.Environment.CurrentDirectory))
        .DistinctBy(v => v.Key, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <exception cref="ProblemException">It is no directory.</exception>
    public LoadRequest Request => new()
    {
        Source = new DirectorySourceTree(Existing),
        Environment = Environment,
        ProjectName = App ?? AppDirectory.DefaultName(Directory),
        ComposeFiles = ComposeFiles,
        Profiles = Profiles,
        AllowUnset = AllowUnset,
        EnvFiles = EnvFiles,
        Variables = Only is { } names ? Variables.RemoveRange(Variables.Keys.Where(v => !names.Contains(v))) : Variables,
    };

    /// <summary>An absolute path of a directory that is there.</summary>
    public string Existing => System.IO.Directory.Exists(Directory)
        ? Path.GetFullPath(Directory)
        : throw new ProblemException(CliProblems.Bad($"'{Directory}'", "is not a directory", "Name the app's directory: davit validate ./my-app"));

    /// <summary>The variables that the files ask for and the caller has, after a reading that saw nothing else.</summary>
    /// <exception cref="ProblemException">DV1001 with every fault, before anything was sent.</exception>
    public ImmutableSortedDictionary<string, string> UsedVariables()
    {
        var sent = this with { Only = Accepted().Variables };
        sent.Accepted();
        return sent.Request.Variables;
    }

    /// <summary>The manifest as the server would read it for an environment.</summary>
    /// <exception cref="ProblemException">DV1001 with every fault, before anything was sent.</exception>
    public LoadResult Accepted()
    {
        var result = ManifestLoader.Load(Request);

        // An environment without an overlay is the bare manifest, here as on the server.
        if (result.Manifest is null && result.Faults.Where(f => f.Severity is Severity.Error).All(f => f.Code == ManifestProblems.EnvironmentUnknown))
            result = ManifestLoader.Load(Request with { Environment = null });
        return result.IsAccepted ? result : throw new ProblemException(ManifestProblems.Refused(result.Faults));
    }
}
