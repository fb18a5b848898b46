using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary>Waits until an environment looks as wished.</summary>
internal static class Converging
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <returns>The view that was waited for.</returns>
    public static async Task<StatusView> WaitAsync(Invocation asked, string env, Func<StatusView, bool> isReached, CancellationToken ct)
    {
        while (true)
        {
            var status = await asked.Api.GetAsync($"{env}/status", WireJson.Default.StatusView, ct);
            if (isReached(status))
                return status;
            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    /// <summary>Until the environment is not there any more.</summary>
    public static async Task GoneAsync(Invocation asked, string env, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await asked.Api.GetAsync(env, WireJson.Default.JsonObject, ct);
                await Task.Delay(Pause, TimeProvider.System, ct);
            }
        }
        catch (ProblemException e) when (e.Problem.Of.Status is 404)
        {
        }
    }
}
