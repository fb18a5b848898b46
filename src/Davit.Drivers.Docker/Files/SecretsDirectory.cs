using Davit.Model;

namespace Davit.Drivers.Docker.Files;

/// <summary>
/// A directory on tmpfs that only we can enter, with one directory per instance. Files in it are mounted into the
/// instance one by one, so that values are in memory only and not in anything the engine shows or stores.
/// </summary>
internal sealed class SecretsDirectory(DockerDriverOptions options)
{
    private static readonly string[] Candidates = ["/run/davit", "/dev/shm/davit"];
    private static readonly TimeSpan Youth = TimeSpan.FromHours(1);

    /// <summary>The directory of one instance, made if need be.</summary>
    /// <exception cref="ProblemException">DV3021.</exception>
    public string Enter(string instance, string secret)
    {
        if (!options.Endpoint.IsLocal)
            throw Failed(instance, secret, "the engine is on another machine, and a secret must not lie in a layer there");

        try
        {
            var path = Of(instance);
            HostFile.MakeDirectory(path);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(instance, secret, failure.Message);
        }
    }

    /// <summary>Removes what belongs to the instance. Nothing there is fine.</summary>
    public void Forget(string instance)
    {
        if (options.Endpoint.IsLocal && Root() is { } root && Path.Combine(Home(root), instance) is var path && IsName(instance) && Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    /// <summary>
    /// Removes what a crash left between the files and the container that would have used them. Young ones may belong to
    /// a creation that is under way.
    /// </summary>
    public void Sweep(IReadOnlySet<string> instances, DateTimeOffset now)
    {
        if (!options.Endpoint.IsLocal || Root() is not { } root || !Directory.Exists(Home(root)))
            return;

        foreach (var directory in new DirectoryInfo(Home(root)).EnumerateDirectories())
        {
            if (!instances.Contains(directory.Name) && now - new DateTimeOffset(directory.LastWriteTimeUtc) > Youth)
                directory.Delete(recursive: true);
        }
    }

    public static ProblemException Failed(string instance, string secret, string why) => new(DriverProblems.SecretFailed(instance, secret, why));

    private string Of(string instance)
    {
        if (!IsName(instance))
            throw Failed(instance, "", "this name cannot be a directory");

        var root = Root() ?? throw Failed(instance, "", "neither /run nor /dev/shm is a tmpfs");
        return IsInMemory(root) ? Path.Combine(Home(root), instance) : throw Failed(instance, "", $"{root} is not on a tmpfs");
    }

    private static bool IsName(string instance) => instance.Length > 0 && instance[0] is not '.' && !instance.Contains('/', StringComparison.Ordinal);

    private string? Root() => options.SecretsDirectory ?? Candidates.FirstOrDefault(IsInMemory);

    private string Home(string root) => Path.Combine(root, options.Installation.ToString(), "secrets");

    /// <summary>Whether the deepest mount that holds the path is a tmpfs.</summary>
    private static bool IsInMemory(string path) => File.ReadLines("/proc/self/mounts")
        .Select(l => l.Split(' '))
        .Where(m => m.Length > 2 && (path == m[1] || m[1] is "/" || path.StartsWith(m[1] + "/", StringComparison.Ordinal)))
        .OrderBy(m => m[1].Length)
        .LastOrDefault() is [_, _, "tmpfs", ..];
}
