namespace Davit.ControlPlane.Keys;

/// <summary>
/// The keys that wrap data keys. They never enter the database; a key service may take the place of the files. An id says which
/// key it is, also to whoever put another one in its place.
/// </summary>
internal interface IMasterKeys
{
    /// <summary>The one that new data keys are wrapped with.</summary>
    /// <exception cref="Model.ProblemException">DV7201 or DV7203.</exception>
    ValueTask<string> PresentAsync(CancellationToken ct);

    ValueTask<IReadOnlyList<string>> KnownAsync(CancellationToken ct);

    /// <param name="about">What the key is for; it must be said again to unwrap it.</param>
    ValueTask<byte[]> WrapAsync(string id, byte[] key, string about, CancellationToken ct);

    /// <returns>Null when it is not what was wrapped.</returns>
    /// <exception cref="Model.ProblemException">DV7202 when there is no such master key.</exception>
    ValueTask<byte[]?> UnwrapAsync(string id, byte[] wrapped, string about, CancellationToken ct);
}
