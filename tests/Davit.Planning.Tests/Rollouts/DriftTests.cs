using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using static Davit.Planning.Tests.Rollouts.Given;

namespace Davit.Planning.Tests.Rollouts;

public sealed class DriftTests
{
    private static readonly InstanceId Gone = InstanceId.From(new Guid(7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 7]));

    [Fact]
    public void What_is_made_and_missing_is_drift_only_while_it_is_wanted()
    {
        Found(Wish(Old, Web("a"))).ShouldBe([new Difference("instance", "web-1", "made", "missing") { Service = "web" }]);
        Found(Wish(New, Web("b"))).ShouldBeEmpty();
        Found(Wish(Old, Web("a")).Stopped()).ShouldBeEmpty();
        Found(Wish(Old)).ShouldBeEmpty();
        Drift.Of(Wish(Old, Web("a")), Made((Gone, new MadeInstance("web-1", "web", "a")), (default, new MadeInstance("web-2", "web", "a"))), World(Ready("web-2", "web", "a"))).ShouldBeEmpty("there are enough without it");

        static EquatableList<Difference> Found(Davit.Planning.Wishes.Wish wish) => Drift.Of(wish, Made((Gone, new MadeInstance("web-1", "web", "a"))), World());
    }

    [Fact]
    public void An_ended_instance_is_drift_unless_it_is_one_too_many()
    {
        var (ended, other) = (Seen("web-2", "web", "a", new InstanceCondition.Ended(1, false, Now, "")) with { Id = Gone }, Ready("web-1", "web", "a"));

        Of(Wish(Old, Web("a", 2)), ended, other).ShouldBe([new Difference("instance", "web-2", "running", ended.Condition.ToString()!) { Service = "web" }]);
        Of(Wish(Old, Web("a")), ended, other).ShouldBeEmpty();

        static EquatableList<Difference> Of(Davit.Planning.Wishes.Wish wish, params InstanceSeen[] seen) => Drift.Of(wish, Made([.. seen.Select(i => (i.Id, new MadeInstance(i.Name, i.Service, "a")))]), World(seen));
    }

    [Fact]
    public void Who_only_wants_to_be_told_of_drift_has_it_left_alone_and_everything_else_done()
    {
        Step[] wanted =
        [
            new Step.Start("web", "web-9", 9), new Step.Start("worker", "worker-1", 1), new Step.Revive("web-3", 1), new Step.Retire("web-4"),
            new Step.EnsureNetwork("net"), new Step.EnsureVolume("data"), new Step.RemoveNetwork("old"),
        ];

        Drift.WithoutRepairs(wanted,
        [
            new Difference("instance", "web-1", "made", "missing") { Service = "web" }, new Difference("instance", "web-3", "running", "ended") { Service = "web" },
            new Difference("network", "net", "made", "missing"),
        ]).ShouldBe([wanted[1], wanted[3], wanted[5], wanted[6]]);
        Drift.WithoutRepairs(wanted, []).ShouldBe(wanted);
    }

    private static Inventory Made(params (InstanceId Id, MadeInstance Instance)[] made) => new(made.ToImmutableDictionary(m => m.Id, m => m.Instance), []);
}
