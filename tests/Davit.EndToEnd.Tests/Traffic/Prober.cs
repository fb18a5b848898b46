using System.Net;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Traffic;

/// <summary>One user who asks for the page again and again, each time over a new connection, and remembers what went wrong.</summary>
internal sealed class Prober : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly App _app;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _asking;
    private readonly List<string> _failures = [];
    private int _good;

    public Prober(App app) => (_app, _asking) = (app, Task.Run(AskAsync, _stop.Token));

    public int Good => Volatile.Read(ref _good);

    /// <summary>What went wrong last, before the first success too.</summary>
    public string LastFailure { get; private set; } = "";

    /// <summary>Everything that did not succeed after the first success.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_failures)
                return [.. _failures];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AskAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var failure = await OnceAsync();
            if (failure is "")
                Interlocked.Increment(ref _good);
            else if (!_stop.IsCancellationRequested)
                Note(failure);
            await Task.Delay(Pause, TimeProvider.System, _stop.Token);
        }
    }

    private async Task<string> OnceAsync()
    {
        try
        {
            var (status, body) = await _app.GetAsync("/", _stop.Token);
            return status is HttpStatusCode.OK ? "" : $"{(int)status} {body}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (TaskCanceledException e) when (!_stop.IsCancellationRequested)
        {
            return $"no answer: {e.Message}";
        }
    }

    private void Note(string failure)
    {
        LastFailure = $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {failure}";
        if (Good is 0)
            return;
        lock (_failures)
            _failures.Add(LastFailure);
    }
}
