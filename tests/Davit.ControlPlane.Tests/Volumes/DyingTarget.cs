using System.Collections.Concurrent;
using Davit.ControlPlane.Volumes;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>A target in memory that can die: before the n-th change, or after it happened and before it is told.</summary>
internal sealed class DyingTarget : IBackupTarget
{
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>How many changes were made.</summary>
    public int Changes { get; private set; }

    /// <summary>The change that is the last, counted from 1; 0 is none.</summary>
    public int DiesAt { get; set; }

    /// <summary>Whether that change still happens.</summary>
    public bool DiesAfterwards { get; set; }

    public string Text => "memory";

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => ChangeAsync(() => Objects[name] = bytes.ToArray());

    public Task<byte[]?> GetAsync(string name, CancellationToken ct) => Task.FromResult(Objects.GetValueOrDefault(name));

    public Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, long>>(Objects
        .Where(o => o.Key.StartsWith(directory + "/", StringComparison.Ordinal)).ToDictionary(o => o.Key[(directory.Length + 1)..], o => (long)o.Value.Length, StringComparer.Ordinal));

    public Task DeleteAsync(string name, CancellationToken ct) => ChangeAsync(() => Objects.TryRemove(name, out _));

    private Task ChangeAsync(Action change)
    {
        Changes++;
        var dies = DiesAt != 0 && Changes >= DiesAt;
        if (!dies || (DiesAfterwards && Changes == DiesAt))
            change();
        return dies ? Task.FromException(new KilledException()) : Task.CompletedTask;
    }
}

internal sealed class KilledException : Exception;
