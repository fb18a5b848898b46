using System.Globalization;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>One service on its way into the manifest: what is read, and the two places it is read from.</summary>
/// <param name="Spec">What is read so far.</param>
/// <param name="Compose">The Compose part; empty for static services.</param>
/// <param name="Own">The part that is Davit's own.</param>
internal sealed record ServiceDraft(ServiceSpec Spec, Reader Compose, Reader Own)
{
    public string Name => Spec.Name;

    public bool IsStatic => Own.Text("kind") is "static";

    public string Path => $"services.{Name}";

    /// <summary>Where the service is written, for messages about all of it.</summary>
    public SourcePosition? At => Own.Map.At ?? Compose.Map.At;

    public IReadOnlyDictionary<string, int> NamedPorts => Spec.Ports.Where(p => p.Name is not null)
        .DistinctBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name!, p => p.Target, StringComparer.Ordinal);

    /// <summary>The port that is meant when none is named: the declared one, or the only one there is.</summary>
    public int? UsualPort
    {
        get
        {
            if (PortNames.Resolve(Own.Text("port"), NamedPorts) is { } declared)
                return declared;
            int[] targets = [.. Spec.Ports.Where(p => p.Protocol is "tcp").Select(p => p.Target), .. Spec.Expose.Select(Exposed).OfType<int>()];
            return targets.Distinct().ToArray() is [var only] ? only : null;
        }
    }

    /// <summary>A volume that one instance at a time may write.</summary>
    public IEnumerable<string> SingleWriterVolumes(IReadOnlyDictionary<string, VolumeSpec> volumes) => Spec.Volumes
        .Where(m => !m.ReadOnly)
        .Select(m => (m.Source as MountSource.Named)?.Volume)
        .OfType<string>()
        .Where(v => !(volumes.TryGetValue(v, out var volume) && volume.IsShared));

    private static int? Exposed(string port)
    {
        var slash = port.IndexOf('/', StringComparison.Ordinal);
        var number = slash < 0 ? port : port[..slash];
        return (slash < 0 || port.EndsWith("/tcp", StringComparison.Ordinal)) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
