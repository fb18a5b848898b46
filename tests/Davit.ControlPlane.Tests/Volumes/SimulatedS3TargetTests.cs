using System.Net;
using System.Net.Sockets;
using Davit.ControlPlane.Volumes;
using Davit.Testing;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>Buckets that are named in the path. The endpoint is an emulator in a process of its own.</summary>
public sealed class SimulatedS3TargetTests(SimulatedS3 s3) : BackupTargetCompliance, IClassFixture<SimulatedS3>
{
    private protected override IBackupTarget Make() => s3.Target();
}

/// <summary>Buckets that are named in the host, whatever this machine's resolver thinks of such hosts.</summary>
public sealed class SimulatedS3VirtualHostTests(SimulatedS3 s3) : BackupTargetCompliance, IClassFixture<SimulatedS3>
{
    private protected override IBackupTarget Make() => s3.VirtualHostTarget();
}

/// <summary>An endpoint and one bucket; each target in it has a prefix of its own.</summary>
public sealed class SimulatedS3 : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("davit-s3-settings-").FullName;
    private S3Server? _server;
    private string _missing = "";

    public S3Server Server
    {
        get
        {
            Assert.SkipWhen(_server is null, _missing);
            return _server!;
        }
    }

    public string Settings => Path.Combine(_home, "path");

    private string VirtualHostSettings => Path.Combine(_home, "virtual");

    public async ValueTask InitializeAsync()
    {
        try
        {
            _server = await S3Server.StartAsync(CancellationToken.None);
            await _server.WriteSettingsAsync(Settings, CancellationToken.None);
            await _server.WriteSettingsAsync(VirtualHostSettings, CancellationToken.None, "s3.localhost", "style = virtual\nregion = eu-central-1\n");
        }
        catch (S3ServerMissingException e)
        {
            _missing = e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    internal S3Target Target() => new(Place(), Settings);

    internal S3Target VirtualHostTarget() => new(Place(), VirtualHostSettings, async (context, ct) =>
    {
        context.DnsEndPoint.Host.ShouldBe($"{S3Server.Bucket}.s3.localhost");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    });

    internal S3Place Place()
    {
        Server.Port.ShouldBePositive();
        return S3Place.Parse($"s3://{S3Server.Bucket}/of/{Guid.CreateVersion7():n}");
    }
}
