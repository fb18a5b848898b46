using System.Collections.Immutable;
using Davit.ControlPlane.Keys;
using Davit.Manifest;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>
/// Keeps the secrets that a source brings from lying in it readable: files that its manifest names as secrets are sealed where
/// they lie, and the values that a caller sends for interpolation are sealed wherever they are stored.
/// </summary>
internal sealed class SourceSealing(SecretBox box)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Limit = 1 << 20;

    public async Task<DeploymentSource> SealAsync(EnvRow env, DeploymentSource source, CancellationToken ct) => source switch
    {
        DeploymentSource.Upload upload => upload with { Manifest = await SealAsync(env, upload.Manifest, ct) },
        DeploymentSource.Repository repository => repository with { Manifest = await SealAsync(env, repository.Manifest, ct) },
        _ => source,
    };

    public async Task<DeploymentSource> OpenAsync(EnvRow env, DeploymentSource source, CancellationToken ct) => source switch
    {
        DeploymentSource.Upload upload => upload with { Manifest = await OpenAsync(env, upload.Manifest, ct) },
        DeploymentSource.Repository repository => repository with { Manifest = await OpenAsync(env, repository.Manifest, ct) },
        _ => source,
    };

    /// <summary>All values: which of them are secrets is only known once the manifest is read.</summary>
    public async Task<ManifestInput> SealAsync(EnvRow env, ManifestInput input, CancellationToken ct) =>
        input with { Variables = await EachAsync(input.Variables, (name, value) => box.SealTextAsync(Of(env, name), value, ct)) };

    public async Task<ManifestInput> OpenAsync(EnvRow env, ManifestInput input, CancellationToken ct) =>
        input with { Variables = await EachAsync(input.Variables, (name, value) => box.OpenTextAsync(Of(env, name), value, ct)) };

    /// <summary>What is sealed already stays; a repeat finds it so.</summary>
    public async Task SealFilesAsync(AppManifest app, ResolvedSource source, CancellationToken ct)
    {
        if (source.Directory is "")
            return;
        foreach (var path in app.Secrets.Values.Select(s => s.Source).OfType<FileSource.File>().Select(f => f.Path).Distinct(StringComparer.Ordinal))
            await SealFileAsync(source, path, ct);
    }

    /// <summary>The bytes of a file of a source, as they were sent.</summary>
    /// <returns>Null when it is not there or longer than 1 MiB.</returns>
    public async Task<byte[]?> ReadAsync(ResolvedSource source, string path, CancellationToken ct)
    {
        if (source.Tree.Read(Path.Combine(source.Tree.Root, path), Limit + SecretBox.Overhead) is not { } bytes)
            return null;
        var plain = SecretBox.IsSealed(bytes) ? await box.OpenAsync(Of(source, path), bytes, ct) : bytes;
        return plain.Length <= Limit ? plain : null;
    }

    private async Task SealFileAsync(ResolvedSource source, string path, CancellationToken ct)
    {
        if (source.Tree.Read(Path.Combine(source.Tree.Root, path), Limit) is not { Length: <= Limit } plain || SecretBox.IsSealed(plain))
            return;

        // Through a link, too, it is the file itself that is replaced.
        var file = new FileInfo(Path.Combine(source.Tree.Root, path));
        var real = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        var beside = $"{real}.{Path.GetRandomFileName()}";
        await using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            await stream.WriteAsync(await box.SealAsync(Of(source, path), plain, ct), ct);
            await stream.FlushAsync(ct);
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
        }

        File.Move(beside, real, overwrite: true);
    }

    private static async Task<IReadOnlyDictionary<string, string>> EachAsync(IReadOnlyDictionary<string, string> values, Func<string, string, Task<string>> change)
    {
        var changed = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            changed[name] = await change(name, value);
        return changed.ToImmutable();
    }

    private static Belongs Of(EnvRow env, string name) => new(env.OrgId, env.AppId.ToString(), name);

    /// <summary>Sources are kept by their content, and equal ones of several orgs are one.</summary>
    private static Belongs Of(ResolvedSource source, string path) => new(null, $"source/{Path.GetFileName(source.Directory)}", path);
}
