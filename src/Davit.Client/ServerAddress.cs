namespace Davit.Client;

/// <summary>Where a control plane listens: <c>unix:///path</c>, <c>http://…</c> or <c>https://…</c>.</summary>
public sealed record ServerAddress(string Text)
{
    public bool IsSocket => Text.StartsWith("unix://", StringComparison.Ordinal);

    public string SocketPath => Text["unix://".Length..];

    /// <summary>What requests are made relative to.</summary>
    public Uri Base => IsSocket ? new Uri("http://davit/") : new Uri(Text.EndsWith('/') ? Text : Text + "/");

    /// <summary>Whether it can be an address at all.</summary>
    public bool IsWellFormed => IsSocket
        ? SocketPath.StartsWith('/')
        : Uri.TryCreate(Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host is not "";

    public override string ToString() => Text;
}
