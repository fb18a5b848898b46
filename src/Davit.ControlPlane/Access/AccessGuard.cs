using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Access;

/// <summary>Marks an endpoint whose answer may last: a stream, a terminal, a wait.</summary>
internal sealed record Lasting;

/// <summary>Wakes whoever holds something open when rights, members, tokens or sessions have changed anywhere.</summary>
internal sealed class AccessSignals(TimeProvider clock) : Broadcast(clock)
{
    public const string Channel = "davit_access";
}

/// <summary>Cuts what was opened with rights that are gone.</summary>
internal sealed partial class AccessGuard(Authorisation authorisation, AccessSignals signals, ILogger<AccessGuard> log)
{
    /// <summary>What ends by time, such as a token, is noticed within it.</summary>
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(4);

    /// <returns>Ends the watch.</returns>
    public IAsyncDisposable Watch(HttpContext context, Permission permission) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Lasting>() is null ? NoWatch.Instance : new Running(this, context, permission);

    private async Task GuardAsync(HttpContext context, Permission permission, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await signals.NextAsync(AtLeastEvery, done);
            try
            {
                if (done.IsCancellationRequested || await authorisation.StillMayAsync(context, permission, done))
                    continue;
            }
            catch (Exception e) when (e is ProblemException or OperationCanceledException)
            {
                // Without the database nobody can be judged, and what was allowed goes on.
                continue;
            }

            LogCut(context.TraceIdentifier, permission.Name);
            context.Abort();
            return;
        }
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Information, Message = "{RequestId} was cut: the permission {Permission} was taken away")]
    private partial void LogCut(string requestId, string permission);

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly Task _guarding;

        public Running(AccessGuard guard, HttpContext context, Permission permission) => _guarding = guard.GuardAsync(context, permission, _done.Token);

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _guarding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _done.Dispose();
        }
    }

    private sealed class NoWatch : IAsyncDisposable
    {
        public static NoWatch Instance { get; } = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
