using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Drivers;

/// <summary>The drivers of a process by id.</summary>
public sealed class DriverRegistry
{
    private readonly ImmutableSortedDictionary<string, IRuntimeDriver> _drivers;

    /// <exception cref="ProblemException">DV3031 two drivers have the same id.</exception>
    public DriverRegistry(IEnumerable<IRuntimeDriver> drivers)
    {
        var made = ImmutableSortedDictionary.CreateBuilder<string, IRuntimeDriver>(StringComparer.Ordinal);
        foreach (var driver in drivers)
        {
            if (!made.TryAdd(driver.Id, driver))
                throw new ProblemException(DriverProblems.DriverDuplicate(driver.Id, [.. made.Keys]));
        }

        _drivers = made.ToImmutable();
    }

    /// <summary>Sorted.</summary>
    public ImmutableArray<string> Ids => [.. _drivers.Keys];

    /// <exception cref="ProblemException">DV3030 no driver has that id.</exception>
    public IRuntimeDriver Get(string id) =>
        _drivers.GetValueOrDefault(id) ?? throw new ProblemException(DriverProblems.DriverUnknown(id, Ids));
}
