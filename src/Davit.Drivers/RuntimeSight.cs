using System.Collections.Immutable;
using Davit.Drivers.Images;
using Davit.Drivers.Instances;

namespace Davit.Drivers;

/// <summary>One look at the runtime. It says when it was taken and nothing about what came before.</summary>
public sealed record RuntimeSight(
    DateTimeOffset SeenAt,
    ImmutableArray<InstanceSight> Instances,
    ImmutableArray<NetworkSight> Networks,
    ImmutableArray<VolumeSight> Volumes,
    ImmutableArray<ImageSight> Images);
