using Davit.Drivers.Compliance;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Tests;

internal sealed class MemoryBed : DriverBed
{
    private readonly MemoryWorld _world = new(TimeProvider.System);
    private int _images;

    public MemoryBed() => _world.Add(new("known/image:1"));

    public override string KnownImage => "known/image:1";

    public override InstanceSpec Shape(InstanceSpec spec, Workload workload)
    {
        var image = Script(new($"suite/image-{++_images}:1"), workload);
        _world.Add(image);
        return spec with { Image = image.Pinned };
    }

    protected override IRuntimeDriver Make(InstallationId installation) => new MemoryDriver(_world, installation);

    private static MemoryImage Script(MemoryImage image, Workload workload) => workload switch
    {
        Workload.Idles idles => image with { HealthyAfter = idles.IsHealthy ? TimeSpan.FromMilliseconds(20) : null },
        Workload.Prints prints => image with
        {
            Output = [.. prints.Lines.Items.Select(l => (prints.Channel, l))],
            ExitsAfter = prints.ExitCode is null ? null : TimeSpan.FromMilliseconds(5),
            ExitCode = prints.ExitCode ?? 0,
        },
        Workload.Overeats => image with { ExitsAfter = TimeSpan.FromMilliseconds(5), ExitCode = 137, OomKilled = true },
        Workload.Script => image,
    };
}
