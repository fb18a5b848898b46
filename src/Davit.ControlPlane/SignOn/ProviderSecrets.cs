using System.Text;
using Davit.ControlPlane.Keys;
using Davit.Model;
using Davit.Store.People;

namespace Davit.ControlPlane.SignOn;

/// <summary>The secrets that providers know us by. They go in, and come out to the provider alone.</summary>
internal sealed class ProviderSecrets(SecretBox box)
{
    public Task<byte[]> SealAsync(OrgId org, ProviderId provider, string secret, CancellationToken ct) => box.SealAsync(About(org, provider), Encoding.UTF8.GetBytes(secret), ct);

    public async Task<string?> OpenAsync(ProviderRow provider, CancellationToken ct) =>
        provider.Secret is { } kept ? Encoding.UTF8.GetString(await box.OpenAsync(About(provider.OrgId, provider.Id), kept, ct)) : null;

    private static Belongs About(OrgId org, ProviderId provider) => new(org, provider.ToString(), "client-secret");
}
