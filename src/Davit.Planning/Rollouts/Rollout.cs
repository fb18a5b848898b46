using System.Collections.Immutable;
using Davit.Planning.Wishes;

namespace Davit.Planning.Rollouts;

/// <summary>One deployment on its way: what it wants, what must go on serving meanwhile, and what already happened.</summary>
/// <param name="Wanted">The new wish.</param>
/// <param name="Serving">What users are served by until the switch; null before the first success.</param>
/// <param name="Ordinals">Per service, the highest ordinal ever given in the wanted release; numbers are never used twice.</param>
public sealed record Rollout(Wish Wanted, Wish? Serving, Facts Facts, ImmutableDictionary<string, int> Ordinals)
{
    /// <summary>Users are served by it now, so that its trouble is repaired and not taken for a failure of the new release.</summary>
    public bool Protects(InstanceSeen instance) => Serving?.Find(instance.Service)?.SpecHash == instance.SpecHash;

    public static IEnumerable<InstanceSeen> Fresh(ServiceWish service, Sight have) =>
        have.Of(service.Name).Where(i => i.SpecHash == service.SpecHash);

    public bool IsRouted(ServiceWish service) => Wanted.Routes.Any(r => r.Service == service.Name);

    /// <summary>Services that a command's own service needs, directly or not, the deepest first; they run before the command does.</summary>
    public IReadOnlyList<ServiceWish> Needs(CommandWish command)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        Collect(command.Service);
        return [.. Wanted.Services.Where(s => needed.Contains(s.Name) && s.Name != command.Service)];

        void Collect(string name)
        {
            if (Wanted.Find(name) is not { } service || !needed.Add(name))
                return;
            foreach (var dependency in service.DependsOn)
                Collect(dependency.Service);
        }
    }
}
