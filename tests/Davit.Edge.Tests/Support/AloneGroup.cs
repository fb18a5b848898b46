namespace Davit.Edge.Tests.Support;

/// <summary>Tests that measure how long something takes run one after another, beside nothing else of this project.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup
{
    public const string Name = "alone";
}
