using Davit.Planning.Garbage;
using Davit.Model;

namespace Davit.Planning.Tests.Garbage;

/// <summary>Which releases go, and that everything of them goes and nothing of the others.</summary>
public sealed class ReleaseRetentionTests
{
    private readonly Past _past = new();

    [Fact]
    public void Of_eight_releases_five_stay_with_all_they_consist_of()
    {
        Grow(8);
        var plan = GarbagePlanner.Decide(_past.Facts, _past.Sight);

        Past.Numbers(plan).ShouldBe([1, 2, 3]);
        Past.Names(plan.Going, ThingKind.Image).ShouldBe([Past.Tag(1), Past.Tag(2), Past.Tag(3)], ignoreOrder: true);
        foreach (var (kind, what) in ((ThingKind, string)[])[(ThingKind.Blob, "blob"), (ThingKind.Tree, "tree"), (ThingKind.Source, "source")])
            Past.Names(plan.Going, kind).ShouldBe([Past.Digest(what, 1), Past.Digest(what, 2), Past.Digest(what, 3)], ignoreOrder: true);
        plan.Kept.ShouldContain(k => k.Kind == ThingKind.Release && k.Why == "shop release 8: serves shop/production");
        plan.Kept.ShouldContain(k => k.Kind == ThingKind.Release && k.Why == "shop release 4: one of the last 5 releases of shop/production");
    }

    [Fact]
    public void An_environment_may_keep_fewer_or_more()
    {
        Grow(8);
        _past.Retention = RetentionPolicy.Default with { Releases = 2 };
        Past.Numbers(GarbagePlanner.Decide(_past.Facts, _past.Sight)).ShouldBe([1, 2, 3, 4, 5, 6]);
        _past.Retention = RetentionPolicy.Default with { Releases = 100 };
        Past.Numbers(GarbagePlanner.Decide(_past.Facts, _past.Sight)).ShouldBeEmpty();
    }

    [Fact]
    public void A_pinned_release_stays_whole()
    {
        Grow(8);
        var facts = _past.Facts with { Releases = _past.Releases.SetItem(0, _past.Releases[0] with { PinnedBy = "ann" }) };
        var plan = GarbagePlanner.Decide(facts, _past.Sight);
        Past.Numbers(plan).ShouldBe([2, 3]);
        Past.Names(plan.Going, ThingKind.Image).ShouldNotContain(Past.Tag(1));
        Past.Names(plan.Going, ThingKind.Source).ShouldNotContain(Past.Digest("source", 1));
    }

    [Fact]
    public void What_a_deployment_on_its_way_goes_to_stays()
    {
        Grow(8);
        var back = new DeploymentFact(DeploymentId.From(Guid.CreateVersion7(Past.Now)), _past.Env, 9, _past.Releases[0].Id, false, null);
        Past.Numbers(GarbagePlanner.Decide(_past.Facts with { Deployments = _past.Deployments.Add(back) }, _past.Sight)).ShouldBe([2, 3]);
        var held = _past.Facts with { Holds = [new Held(ThingKind.Release, _past.Releases[1].Id.ToString())] };
        Past.Numbers(GarbagePlanner.Decide(held, _past.Sight)).ShouldBe([1, 3]);
    }

    [Fact]
    public void The_release_before_stays_for_an_hour_because_the_edge_still_answers_for_its_files()
    {
        _past.Retention = RetentionPolicy.Default with { Releases = 1 };
        _past.Deploy(TimeSpan.FromDays(3));
        _past.Deploy(TimeSpan.FromMinutes(59));
        Past.Numbers(GarbagePlanner.Decide(_past.Facts, _past.Sight)).ShouldBeEmpty();
        Past.Numbers(GarbagePlanner.Decide(_past.Facts with { Now = Past.Now + TimeSpan.FromMinutes(2) }, _past.Sight)).ShouldBe([1]);
    }

    [Fact]
    public void The_release_before_stays_for_as_long_as_it_is_warm()
    {
        _past.Retention = RetentionPolicy.Default with { Releases = 1 };
        _past.Deploy(TimeSpan.FromDays(3));
        _past.Deploy(TimeSpan.FromHours(5));
        var facts = _past.Facts;
        Past.Numbers(GarbagePlanner.Decide(facts with { Environments = [facts.Environments[0] with { KeepsWarm = TimeSpan.FromHours(4) }] }, _past.Sight)).ShouldBe([1]);
        Past.Numbers(GarbagePlanner.Decide(facts with { Environments = [facts.Environments[0] with { KeepsWarm = TimeSpan.FromHours(6) }] }, _past.Sight)).ShouldBeEmpty();
    }

    [Fact]
    public void A_release_that_never_served_stays_for_a_day()
    {
        _past.Deploy(TimeSpan.FromDays(2), succeeds: false);
        _past.Deploy(TimeSpan.FromHours(2), succeeds: false);
        _past.Deploy(TimeSpan.FromHours(1));
        Past.Numbers(GarbagePlanner.Decide(_past.Facts, _past.Sight)).ShouldBe([1]);
    }

    [Fact]
    public void Failed_deployments_use_up_no_place()
    {
        Grow(5);
        for (var hours = 10; hours > 0; hours--)
            _past.Deploy(TimeSpan.FromHours(hours), succeeds: false);
        Past.Numbers(GarbagePlanner.Decide(_past.Facts, _past.Sight)).ShouldBeEmpty();
    }

    [Fact]
    public void A_release_that_was_let_go_holds_nothing_and_goes_only_once()
    {
        Grow(8);
        var facts = _past.Facts with { Releases = _past.Releases.SetItem(0, _past.Releases[0] with { IsCollected = true, PinnedBy = "ann" }) };
        var plan = GarbagePlanner.Decide(facts, _past.Sight);
        Past.Numbers(plan).ShouldBe([2, 3]);
        Past.Names(plan.Going, ThingKind.Image).ShouldContain(Past.Tag(1));
    }

    [Fact]
    public void The_releases_of_a_deleted_environment_go()
    {
        Grow(3);
        Past.Numbers(GarbagePlanner.Decide(_past.Facts with { Environments = [], Deployments = [] }, _past.Sight)).ShouldBe([1, 2, 3]);
    }

    private void Grow(int releases)
    {
        for (var n = 0; n < releases; n++)
            _past.Deploy(TimeSpan.FromDays(30 - n));
    }
}
