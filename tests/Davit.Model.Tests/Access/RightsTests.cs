using System.Collections.Frozen;
using System.Collections.Immutable;
using Davit.Model.Access;
using Davit.Testing;

namespace Davit.Model.Tests.Access;

public sealed class RightsTests
{
    private const int Cases = 10_000;

    private static readonly Guid Org = Guid.Parse("00000000-0000-7000-8000-000000000001");

    /// <summary>One org, two projects, two apps in each, two environments in each of those.</summary>
    private static readonly ImmutableArray<ImmutableArray<ScopeRef>> Chains = [.. Build()];

    [Fact]
    public void Ten_thousand_random_sets_of_grants_are_judged_as_the_rules_say()
    {
        var random = new Dice("grants");
        var allowed = 0;
        for (var i = 0; i < Cases; i++)
        {
            var grants = Enumerable.Range(0, random.Next(6)).Select(n => Grant(random, n)).ToImmutableArray();
            var limits = random.Next(4) is 0 ? new TokenLimits(random.Next(2) is 0 ? Some(random) : null, random.Next(2) is 0 ? random.Of(Chains) : []) : TokenLimits.None;
            var hasFactor = random.Next(2) is 0;
            var rights = new Rights(grants, limits, isOperator: false, new Circumstances(n => n is "here", hasFactor));
            var permission = PermissionCatalog.All[random.Next(PermissionCatalog.All.Length)];
            var target = new AccessTarget(random.Of(Chains), random.Next(3) is 0);

            var expected = Reference(grants, limits, hasFactor, permission, target);
            rights.May(permission.Name, target).ShouldBe(expected, $"case {i}: {permission.Name} on {target.Deepest}, protected {target.IsProtected}: {string.Join(" | ", grants)}");
            allowed += expected ? 1 : 0;
        }

        allowed.ShouldBeInRange(Cases / 50, Cases / 2);
    }

    /// <summary>The rules once more, in the order and the words of the documentation.</summary>
    private static bool Reference(ImmutableArray<HeldGrant> grants, TokenLimits limits, bool hasFactor, PermissionEntry permission, AccessTarget target)
    {
        if (permission.Level is ScopeLevel.Installation)
            return false;
        if (limits.Permissions is not null && !limits.Permissions.Contains(permission.Name))
            return false;
        if (limits.Within.Length > 0 && !target.Chain.Contains(limits.Within[^1]) && !(permission.FlowsUp && limits.Within.Contains(target.Deepest)))
            return false;

        var counting = new List<HeldGrant>();
        foreach (var grant in grants)
        {
            var meets = (!grant.NeedsSecondFactor || hasFactor) && (grant.Networks.Length is 0 || grant.Networks.Contains("here"));
            if (meets && grant.Permissions.Contains(permission.Name))
                counting.Add(grant);
        }

        var isOwner = grants.Any(g => g is { IsDeny: false, Role: "owner", Chain.Length: 1 });
        if (!isOwner && counting.Exists(g => g.IsDeny && target.Chain.Contains(g.Scope)))
            return false;
        foreach (var grant in counting.Where(g => !g.IsDeny))
        {
            var flowsDown = target.Chain.Contains(grant.Scope) && (!target.IsProtected || permission.IsRead || grant.ReachesProtected || grant.Scope.Level is ScopeLevel.Env);
            if (flowsDown || (permission.FlowsUp && grant.Chain.Contains(target.Deepest)))
                return true;
        }

        return false;
    }

    [Fact]
    public void Each_built_in_role_holds_what_the_next_one_holds()
    {
        foreach (var (mightier, lesser) in BuiltInRoles.Names.Zip(BuiltInRoles.Names.Skip(1)))
            BuiltInRoles.PermissionsOf(lesser).ShouldBeSubsetOf(BuiltInRoles.PermissionsOf(mightier));
        BuiltInRoles.PermissionsOf("viewer").ShouldAllBe(p => PermissionCatalog.Find(p)!.IsRead);
        BuiltInRoles.PermissionsOf("viewer").ShouldNotContain("log:read");
        BuiltInRoles.PermissionsOf("admin").ShouldAllBe(p => !p.StartsWith("runtime:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_shows_what_lies_on_the_way_to_a_grant_and_nothing_beside_it()
    {
        var env = Chains.First(c => c.Length is 4);
        var rights = new Rights([new HeldGrant("g", "developer", BuiltInRoles.PermissionsOf("developer"), env)], TokenLimits.None, isOperator: false, new Circumstances(_ => true, true));

        rights.Visible("project:read", new AccessTarget([env[0]]), ScopeLevel.Project).ShouldBe([env[1].Id]);
        rights.Visible("app:read", new AccessTarget([env[0], env[1]]), ScopeLevel.App).ShouldBe([env[2].Id]);
        rights.Visible("env:read", new AccessTarget([env[0], env[1], env[2]]), ScopeLevel.Env).ShouldBe([env[3].Id]);
        var whole = new Rights([new HeldGrant("m", "viewer", BuiltInRoles.PermissionsOf("viewer"), [env[0]])], TokenLimits.None, isOperator: false, new Circumstances(_ => true, true));
        whole.Visible("project:read", new AccessTarget([env[0]]), ScopeLevel.Project).ShouldBeNull();
    }

    private static HeldGrant Grant(Dice random, int number)
    {
        var role = BuiltInRoles.Names[random.Next(BuiltInRoles.Names.Length)];
        var isOwn = random.Next(3) is 0;
        var chain = random.Of(Chains);
        return new HeldGrant($"grt_{number}", isOwn ? "own" : role, isOwn ? Some(random) : BuiltInRoles.PermissionsOf(role), chain)
        {
            IsDeny = random.Next(5) is 0, ReachesProtected = random.Next(3) is 0, NeedsSecondFactor = random.Next(4) is 0, Networks = random.Next(4) is 0 ? [random.Next(2) is 0 ? "here" : "there"] : [],
        };
    }

    private static FrozenSet<string> Some(Dice random) => PermissionCatalog.All.Where(_ => random.Next(3) is 0).Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<ImmutableArray<ScopeRef>> Build()
    {
        var next = 1;
        ImmutableArray<ScopeRef> org = [new(ScopeLevel.Org, Org)];
        yield return org;
        foreach (var project in Below(org, ScopeLevel.Project))
        {
            yield return project;
            foreach (var app in Below(project, ScopeLevel.App))
            {
                yield return app;
                foreach (var env in Below(app, ScopeLevel.Env))
                    yield return env;
            }
        }

        IEnumerable<ImmutableArray<ScopeRef>> Below(ImmutableArray<ScopeRef> above, ScopeLevel level) =>
            [above.Add(new(level, Guid.Parse($"00000000-0000-7000-8000-{++next:D12}"))), above.Add(new(level, Guid.Parse($"00000000-0000-7000-8000-{++next:D12}")))];
    }
}
