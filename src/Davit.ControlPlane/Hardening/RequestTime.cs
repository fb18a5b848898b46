using Davit.ControlPlane.Access;
using Davit.Model;

namespace Davit.ControlPlane.Hardening;

/// <summary>Gives up requests that are not answered in time. What is meant to last has no limit.</summary>
internal sealed class RequestTime(RequestDelegate next, TimeProvider clock)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Work that takes as long as it takes, by the names of its endpoints. Streams and waits say themselves that they last.</summary>
    public static IReadOnlySet<string> Unhurried { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "MakePlan", "CreateDeployment", "VerifyEvents", "VerifyAudit", "ExportAudit", "CollectGarbage", "GetGarbage", "UpgradeEdge", "VerifyBackup", "DeleteApp", "DeleteVolume", "DeleteSnapshot",
    };

    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || context.WebSockets.IsWebSocketRequest || endpoint.Metadata.GetMetadata<Streams>() is not null || endpoint.Metadata.GetMetadata<Lasting>() is not null || Unhurried.Contains(endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? ""))
        {
            await next(context);
            return;
        }

        var gone = context.RequestAborted;
        using var late = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, late.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new ProblemException(SecurityProblems.TooSlow(Limit));
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }
}
