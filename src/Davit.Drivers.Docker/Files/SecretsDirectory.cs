using Davit.Model;

namespace Davit.Drivers.Docker.Files;

/// <summary>
/// A directory on tmpfs that only we can enter, with one directory per instance. Files in it are mounted into the
/// instance one by one, so that values are in memory only and not in anything the engine shows or stores.
/// </summary>
internal sealed class SecretsDirectory(DockerDriverOptions options)
{
    private static readonly string[] Candidates = ["/run/davit", "/dev/shm/davit"];

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
        if (options.Endpoint.IsLocal && Directory.Exists(Of(instance)))
            Directory.Delete(Of(instance), recursive: true);
    }

    public static ProblemException Failed(string instance, string secret, string why) => new(DriverProblems.SecretFailed(instance, secret, why));

    private string Of(string instance)
    {
        if (instance.Length is 0 || instance[0] is '.' || instance.Contains('/', StringComparison.Ordinal))
            throw Failed(instance, "", "this name cannot be a directory");

        var root = options.SecretsDirectory ?? Candidates.FirstOrDefault(IsInMemory) ?? throw Failed(instance, "", "neither /run nor /dev/shm is a tmpfs");
        return IsInMemory(root)
            ? Path.Combine(root, options.Installation.ToString(), "secrets", instance)
            : throw Failed(instance, "", $"{root} is not on a tmpfs");
    }

    /// <summary>Whether the deepest mount that holds the path is a tmpfs.</summary>
    private static bool IsInMemory(string path) => File.ReadLines("/proc/self/mounts")
        .Select(l => l.Split(' '))
        .Where(m => m.Length > 2 && (path == m[1] || m[1] is "/" || path.StartsWith(m[1] + "/", StringComparison.Ordinal)))
        .OrderBy(m => m[1].Length)
        .LastOrDefault() is [_, _, "tmpfs", ..];
}
