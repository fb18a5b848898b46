using System.Text;
using Davit.ControlPlane.Content;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;

namespace Davit.ControlPlane.Releasing;

/// <summary>Reads what configs, secrets and mounted content refer to, and keeps it under its digest.</summary>
internal static class FileGathering
{
    private const int Limit = 1 << 20;

    public static async Task<EquatableMap> FilesAsync(AppManifest app, ResolvedSource source, ContentStore content, MakingLedger ledger, CancellationToken ct)
    {
        var files = default(EquatableMap);
        foreach (var (key, config) in app.Configs)
            files = files.With(FileTemplates.ConfigKey(key), await ledger.KeepBlobAsync(content, Read("config", key, config.Source, source), ct));
        foreach (var (key, secret) in app.Secrets)
            files = files.With(FileTemplates.SecretKey(key), await ledger.KeepBlobAsync(content, Read("secret", key, secret.Source, source), ct));
        return files;
    }

    public static async Task<EquatableMap> TreesAsync(AppManifest app, ResolvedSource source, ContentStore content, MakingLedger ledger, CancellationToken ct)
    {
        var trees = default(EquatableMap);
        foreach (var path in app.Services.Values.SelectMany(s => s.Volumes).Select(m => m.Source).OfType<MountSource.Content>().Select(c => c.Path).Distinct(StringComparer.Ordinal))
            trees = trees.With(path, await ledger.KeepTreeAsync(content, ImageMaker.Inside(source, path), path, ct));
        return trees;
    }

    public static byte[] Secret(AppManifest app, string key, ResolvedSource source) => app.Secrets.TryGetValue(key, out var secret)
        ? Read("secret", key, secret.Source, source)
        : throw new ProblemException(DeploymentProblems.UnreadableFile("secret", key, "is not defined"));

    private static byte[] Read(string what, string key, FileSource file, ResolvedSource source) => file switch
    {
        FileSource.File f => source.Tree.Read(Path.Combine(source.Tree.Root, f.Path), Limit) is { Length: <= Limit } bytes
            ? bytes
            : throw new ProblemException(DeploymentProblems.UnreadableFile(what, key, $"names the file '{f.Path}', which is missing or larger than 1 MiB")),
        FileSource.Content c => Encoding.UTF8.GetBytes(c.Text),
        FileSource.EnvironmentVariable v => source.Manifest.Variables.TryGetValue(v.Name, out var value)
            ? Encoding.UTF8.GetBytes(value)
            : throw new ProblemException(DeploymentProblems.UnreadableFile(what, key, $"takes the variable {v.Name}, which was not given")),
        FileSource.External e => throw new ProblemException(DeploymentProblems.UnreadableFile(what, key, $"is made outside the manifest ('{e.Name}')")),
    };
}
