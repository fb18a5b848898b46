using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Planning.Garbage;

/// <summary>What can be garbage, in the order in which it is taken away: what refers goes before what it refers to.</summary>
public enum ThingKind
{
    Release,
    Instance,
    Network,
    Volume,
    Image,
    Upload,
    Source,
    Tree,
    Blob,
    DeploymentLog,
    InstanceLog,
    Temporary,
}

/// <summary>What goes and why, and what of ours stays and why. Foreign things are in neither list.</summary>
public sealed record GarbagePlan(ImmutableArray<Going> Going, ImmutableArray<Kept> Kept)
{
    public long Bytes => Going.Sum(g => g.Bytes);
}

/// <param name="Bytes">What its going frees at most; layers and files that others share stay.</param>
public sealed record Going(ThingKind Kind, string Name, string Why, long Bytes)
{
    /// <summary>Whose event log tells of it; null for what belongs to the installation.</summary>
    public OrgId? Org { get; init; }

    /// <summary>Of logs: whose they are.</summary>
    public EnvId Env { get; init; }

    /// <summary>Of an image: its content id.</summary>
    public string RuntimeId { get; init; } = "";

    /// <summary>Of an image: the references that are taken away. It goes with its last one, so a name that somebody adds meanwhile saves it.</summary>
    public EquatableList<string> References { get; init; }
}

public sealed record Kept(ThingKind Kind, string Name, string Why, long Bytes)
{
    /// <summary>Whose it is; null for what belongs to the installation.</summary>
    public OrgId? Org { get; init; }
}
