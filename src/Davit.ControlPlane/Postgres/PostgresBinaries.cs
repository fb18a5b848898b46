using System.Globalization;
using Davit.Model;

namespace Davit.ControlPlane.Postgres;

/// <summary>A directory with <c>initdb</c> and <c>postgres</c> of one major version.</summary>
internal sealed record PostgresBinaries(string Directory, int Major)
{
    private const int Oldest = 15;

    public string Initdb => Path.Combine(Directory, "initdb");

    public string Server => Path.Combine(Directory, "postgres");

    /// <param name="major">The version a data directory was made by, or null for the newest there is.</param>
    /// <exception cref="ProblemException">DV4106 or DV4105.</exception>
    public static PostgresBinaries Find(int? major, string data)
    {
        var found = Candidates().Where(c => c.Major >= Oldest && File.Exists(c.Initdb) && File.Exists(c.Server)).OrderByDescending(c => c.Major).ToList();
        if (found.Count is 0)
            throw new ProblemException(StoreProblems.NoBinaries(Oldest));

        return major is null
            ? found[0]
            : found.FirstOrDefault(c => c.Major == major) ?? throw new ProblemException(StoreProblems.OlderServer(data, major.Value, found[0].Major));
    }

    /// <summary>Where distributions put them: Debian, Fedora and SUSE, Alpine.</summary>
    private static IEnumerable<PostgresBinaries> Candidates()
    {
        foreach (var root in (string[])["/usr/lib/postgresql", "/usr/pgsql", "/usr/libexec/postgresql"])
        {
            if (!System.IO.Directory.Exists(root))
                continue;
            foreach (var version in System.IO.Directory.EnumerateDirectories(root))
            {
                if (int.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out var major))
                    yield return new(Path.Combine(version, "bin"), major);
            }
        }

        foreach (var version in Enumerable.Range(Oldest, 10))
            yield return new($"/usr/pgsql-{version}/bin", version);
    }
}
