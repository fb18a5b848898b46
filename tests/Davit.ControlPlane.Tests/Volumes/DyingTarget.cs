using System.Collections.Concurrent;
using Davit.ControlPlane.Volumes;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>A target that can die: before the n-th change, or after it happened and before it is told.</summary>
internal sealed class DyingTarget(IBackupTarget inner) : IBackupTarget
{
    /// <summary>How many changes were made.</summary>
    public int Changes { get; private set; }

    /// <summary>The change that is the last, counted from 1; 0 is none.</summary>
    public int DiesAt { get; set; }

    /// <summary>Whether that change still happens.</summary>
    public bool DiesAfterwards { get; set; }

    public string Text => inner.Text;

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => ChangeAsync(() => inner.PutAsync(name, bytes, ct));

    public Task<byte[]?> GetAsync(string name, CancellationToken ct) => inner.GetAsync(name, ct);

    public Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct) => inner.ListAsync(directory, ct);

    public Task DeleteAsync(string name, CancellationToken ct) => ChangeAsync(() => inner.DeleteAsync(name, ct));

    private async Task ChangeAsync(Func<Task> change)
    {
        Changes++;
        var dies = DiesAt != 0 && Changes >= DiesAt;
        if (!dies || (DiesAfterwards && Changes == DiesAt))
            await change();
        if (dies)
            throw new KilledException();
    }
}

internal sealed class MemoryTarget : IBackupTarget
{
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public string Text => "memory";

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => Task.FromResult(Objects[name] = bytes.ToArray());

    public Task<byte[]?> GetAsync(string name, CancellationToken ct) => Task.FromResult(Objects.GetValueOrDefault(name));

    public Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, long>>(Objects
        .Where(o => o.Key.StartsWith(directory + "/", StringComparison.Ordinal)).ToDictionary(o => o.Key[(directory.Length + 1)..], o => (long)o.Value.Length, StringComparer.Ordinal));

    public Task DeleteAsync(string name, CancellationToken ct) => Task.FromResult(Objects.TryRemove(name, out _));
}

internal sealed class KilledException : Exception;
