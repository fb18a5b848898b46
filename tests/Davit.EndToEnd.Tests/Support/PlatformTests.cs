namespace Davit.EndToEnd.Tests.Support;

/// <summary>Tests of one collection share an installation; two collections run side by side.</summary>
[CollectionDefinition(Name)]
public sealed class FirstInstallation : ICollectionFixture<Platform>
{
    public const string Name = "first installation";
}

/// <inheritdoc cref="FirstInstallation"/>
[CollectionDefinition(Name)]
public sealed class SecondInstallation : ICollectionFixture<Platform>
{
    public const string Name = "second installation";
}

/// <summary>What measures how long something takes has the machine to itself, after everything else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
