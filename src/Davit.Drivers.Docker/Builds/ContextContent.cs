using System.Net;

namespace Davit.Drivers.Docker.Builds;

/// <summary>Sends a context while it is read. Remembers what went wrong on our side, which HTTP would hide.</summary>
internal sealed class ContextContent : HttpContent
{
    private readonly ContextDirectory _context;

    public ContextContent(ContextDirectory context)
    {
        _context = context;
        Headers.ContentType = new("application/x-tar");
    }

    public Exception? Failure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await _context.WriteAsync(stream, cancellationToken);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or ArgumentException)
        {
            Failure = failure;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
