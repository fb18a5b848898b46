using Davit.Client;
using Davit.Wire;

namespace Davit.Console.Envs;

/// <summary>How an environment stands at one moment.</summary>
public sealed record EnvBoard(EnvAddress At, StatusView Status, IReadOnlyList<DeploymentView> Deployments)
{
    private const int Latest = 10;

    internal static async Task<EnvBoard> LoadAsync(DavitClient api, EnvAddress at, CancellationToken ct)
    {
        var status = await api.GetAsync($"{at.ApiPath}/status", WireJson.Default.StatusView, ct);
        var deployments = await api.GetAsync($"{at.ApiPath}/deployments?limit={Latest}", WireJson.Default.PageDeploymentView, ct);
        return new(at, status, deployments.Items);
    }
}
