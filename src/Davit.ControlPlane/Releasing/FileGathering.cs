using System.Text;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Secrets;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Releasing;

/// <summary>Reads what configs, secrets and mounted content refer to, and keeps it under its digest; secrets sealed.</summary>
internal sealed class FileGathering(ContentStore content, SourceSealing sealing, SecretBox box, SecretReading secrets, Database database)
{
    /// <summary>A secret whose bytes the manifest does not bring is left to what is set for the environment.</summary>
    public async Task<EquatableMap> FilesAsync(AppManifest app, ResolvedSource source, OrgId org, MakingLedger ledger, CancellationToken ct)
    {
        var files = default(EquatableMap);
        foreach (var (key, config) in app.Configs)
            files = files.With(FileTemplates.ConfigKey(key), await ledger.KeepBlobAsync(content, await ReadAsync("config", key, config.Source, source, ct), ct));
        foreach (var (key, secret) in app.Secrets)
        {
            if (await FindAsync(secret.Source, source, ct) is { } bytes)
                files = files.With(FileTemplates.SecretKey(key), await KeepAsync(org, bytes, ledger, ct));
        }

        return files;
    }

    public async Task<EquatableMap> TreesAsync(AppManifest app, ResolvedSource source, MakingLedger ledger, CancellationToken ct)
    {
        var trees = default(EquatableMap);
        foreach (var path in app.Services.Values.SelectMany(s => s.Volumes).Select(m => m.Source).OfType<MountSource.Content>().Select(c => c.Path).Distinct(StringComparer.Ordinal))
            trees = trees.With(path, await ledger.KeepTreeAsync(content, ImageMaker.Inside(source, path), path, ct));
        return trees;
    }

    /// <summary>What a build reads. One that is made outside the manifest is the stored one of the environment.</summary>
    /// <exception cref="ProblemException">DV7205 when it is not set.</exception>
    public async Task<byte[]> SecretAsync(AppManifest app, string key, string service, ResolvedSource source, EnvRow env, CancellationToken ct)
    {
        if (!app.Secrets.TryGetValue(key, out var secret))
            throw new ProblemException(DeploymentProblems.UnreadableFile("secret", key, "is not defined"));
        if (secret.Source is not FileSource.External external)
            return await ReadAsync("secret", key, secret.Source, source, ct);
        var configuration = await database.ReadAsync(db => ConfigurationReading.ReadAsync(db, env, ct), ct);
        var pin = ServiceConfiguration.Of(service, new Layer(LayerKind.Manifest, "manifest", []), configuration, new ReferenceFacts()).SecretOf(external.Name, isInManifest: false)
            ?? throw new ProblemException(SecretProblems.Missing(env.Name, [(service, external.Name)]));
        return await secrets.BytesAsync(env.OrgId, pin.Name, pin.Version, ct);
    }

    /// <summary>What a kept secret belongs to: its name is made of its value.</summary>
    public static Belongs BlobOf(OrgId org, string digest) => new(org, "blob", digest);

    private async Task<string> KeepAsync(OrgId org, byte[] bytes, MakingLedger ledger, CancellationToken ct)
    {
        var digest = await box.DigestAsync(org, bytes, ct);
        await ledger.KeepBlobAsync(content, digest, await box.SealAsync(BlobOf(org, digest), bytes, ct), ct);
        return digest;
    }

    private async Task<byte[]?> FindAsync(FileSource file, ResolvedSource source, CancellationToken ct) => file switch
    {
        FileSource.File f => await sealing.ReadAsync(source, f.Path, ct),
        FileSource.Content c => Encoding.UTF8.GetBytes(c.Text),
        FileSource.EnvironmentVariable v => source.Manifest.Variables.TryGetValue(v.Name, out var value) ? Encoding.UTF8.GetBytes(value) : null,
        FileSource.External => null,
    };

    private async Task<byte[]> ReadAsync(string what, string key, FileSource file, ResolvedSource source, CancellationToken ct) =>
        await FindAsync(file, source, ct) ?? throw new ProblemException(DeploymentProblems.UnreadableFile(what, key, WhyNot(file)));

    private static string WhyNot(FileSource file) => file switch
    {
        FileSource.File f => $"names the file '{f.Path}', which is missing or larger than 1 MiB",
        FileSource.EnvironmentVariable v => $"takes the variable {v.Name}, which was not given",
        FileSource.External e => $"is made outside the manifest ('{e.Name}')",
        FileSource.Content c => $"has {c.Text.Length} characters that could not be read",
    };
}
