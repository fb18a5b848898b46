namespace Davit.ControlPlane.Leases;

/// <summary>Whether this process leads. Only the leader decides and applies; every replica answers the API and makes releases.</summary>
internal sealed class Leadership
{
    private volatile Holding? _held;
    private volatile TaskCompletionSource _led = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Holding? Held => _held;

    /// <summary>Returns when this process leads, at once when it does already.</summary>
    public Task LedAsync(CancellationToken ct) => _led.Task.WaitAsync(ct);

    public void Gain(Holding held)
    {
        _held = held;
        _led.TrySetResult();
    }

    public void Lose()
    {
        _held = null;
        _led = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
