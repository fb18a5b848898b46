using System.Globalization;
using System.Text;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Redacting;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Store;
using Davit.Store.Configuring;

namespace Davit.ControlPlane.Secrets;

/// <summary>Opens secrets for whoever starts an instance. Nobody else reads values.</summary>
internal sealed class SecretReading(Database database, ContentStore content, SecretBox box, KnownSecrets known)
{
    /// <summary>What a stored secret belongs to.</summary>
    public static Belongs BelongsTo(ConfigPlace place, string name, int version) => new(place.Org, place.Id, name, version);

    /// <summary>The spec with the bytes of its files and the values of its variables; wishes are stored without both.</summary>
    public async Task<InstanceSpec> RevealAsync(InstanceSpec spec, CancellationToken ct)
    {
        var files = new List<FileSpec>();
        foreach (var file in spec.Files)
            files.Add(file.Content is FileContent.Secret secret ? file with { Content = secret with { Bytes = [.. await BytesAsync(spec.Owner.Org, secret.Name, secret.Version, ct)] } } : file);
        var variables = new List<SecretVariable>();
        foreach (var variable in spec.Process.SecretEnvironment)
            variables.Add(variable with { Value = await ValueAsync(spec.Owner.Org, variable, ct) });
        return spec with { Files = [.. files], Process = spec.Process with { SecretEnvironment = [.. variables] } };
    }

    /// <param name="version">A stored secret's id and version, or the digest of what a release brought.</param>
    /// <exception cref="ProblemException">DV7204, DV7208 or DV7222.</exception>
    public Task<byte[]> BytesAsync(OrgId org, string name, string version, CancellationToken ct) => ReadAsync(org, name, version, takesRetired: false, ct);

    /// <summary>Also what nothing starts with any more: it may stand in a text all the same.</summary>
    public Task LearnAsync(OrgId org, string name, string version, CancellationToken ct) => ReadAsync(org, name, version, takesRetired: true, ct);

    private async Task<byte[]> ReadAsync(OrgId org, string name, string version, bool takesRetired, CancellationToken ct)
    {
        var bytes = await OpenAsync(org, name, version, takesRetired, ct);
        known.Learn(org, name, version, bytes);
        return bytes;
    }

    private async Task<byte[]> OpenAsync(OrgId org, string name, string version, bool takesRetired, CancellationToken ct)
    {
        if (version.Split('@') is [var id, var number] && Id.TryParse<SecretId>(id, out var secret) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            var row = await database.ReadAsync(db => SecretTable.SealedAsync(db, org, secret, n, ct), ct) ?? throw new ProblemException(SecretProblems.VersionGone(name, n));
            return row.IsRetired && !takesRetired
                ? throw new ProblemException(SecretProblems.VersionRetired(name, n))
                : await box.OpenAsync(BelongsTo(row.Place, row.Name, row.Version), row.Sealed, ct);
        }

        // A release that was made before secrets were sealed has its own in plain bytes.
        var bytes = content.ReadBlob(version);
        return SecretBox.IsSealed(bytes) ? await box.OpenAsync(FileGathering.BlobOf(org, version), bytes, ct) : bytes;
    }

    private async Task<string> ValueAsync(OrgId org, SecretVariable variable, CancellationToken ct)
    {
        var value = new StringBuilder();
        foreach (var part in variable.Parts)
            value.Append(part.IsSecret ? Encoding.UTF8.GetString(await BytesAsync(org, part.Secret, part.Version, ct)) : part.Text);
        return value.ToString();
    }
}
