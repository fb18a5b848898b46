using System.Collections.Immutable;

namespace Davit.Manifest.App.Reading;

/// <summary>What is known about all services when each of them is finished.</summary>
internal sealed record AppParts(
    IReadOnlyDictionary<string, ServiceDraft> Drafts, ImmutableArray<RouteSpec> Routes, ImmutableSortedDictionary<string, VolumeSpec> Volumes);
