using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Memory;

/// <summary>What a runtime checks before it makes or starts an instance.</summary>
internal static class MemoryCreation
{
    public static InstanceSight Create(MemoryWorld world, InstanceSpec spec, InstallationId installation, DateTimeOffset now)
    {
        if (world.Instances.TryGetValue(spec.Name, out var have))
        {
            if (have.Spec.Owner.Installation != installation)
                throw new ProblemException(DriverProblems.NameTaken(spec.Name, "belongs to another installation"));
            return have.Spec.SpecHash == spec.SpecHash && have.Spec.Owner.IsSameObject(spec.Owner)
                ? have.Look(now)
                : throw new ProblemException(DriverProblems.NameTaken(spec.Name, "was made from another spec"));
        }

        var image = world.Find(spec.Image) ?? throw new ProblemException(DriverProblems.ImageNotFound(spec.Image, "no such image"));
        foreach (var attachment in spec.Connectivity.Networks)
        {
            if (!world.Networks.ContainsKey(attachment.Network))
                throw new ProblemException(DriverProblems.NetworkFailed(spec.Name, $"network {attachment.Network} not found"));
        }

        if (spec.Files.Items.Select(f => f.Content).OfType<FileContent.Secret>().FirstOrDefault(s => s.Bytes is null) is { } empty)
            throw new ProblemException(DriverProblems.SecretFailed(spec.Name, empty.Name, "its value was not given"));

        if (spec.Process.SecretEnvironment.Items.FirstOrDefault(s => s.Value is null) is { } unknown)
            throw new ProblemException(DriverProblems.SecretFailed(spec.Name, unknown.Name, "its value was not given"));

        var made = new MemoryInstance(spec, image, world.NextNumber(), now);
        world.Instances[spec.Name] = made;
        return made.Look(now);
    }

    public static void Start(MemoryWorld world, MemoryInstance instance, DateTimeOffset now)
    {
        if (instance.Image.RefusesStart is { } refuse)
            throw new ProblemException(refuse(instance.Spec));

        foreach (var port in instance.Spec.Connectivity.Ports)
        {
            var taker = world.Instances.Values.FirstOrDefault(o => o != instance && o.StateAt(now).IsRunning
                && o.Spec.Connectivity.Ports.Any(p => p.HostPort != 0 && p.HostPort == port.HostPort && p.Protocol == port.Protocol));
            if (taker is not null)
                throw new ProblemException(DriverProblems.PortTaken(instance.Spec.Name, $"port {port.HostPort} belongs to {taker.Spec.Name}"));
        }

        instance.Start(now);
    }
}
