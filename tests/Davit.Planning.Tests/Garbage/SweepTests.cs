using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Garbage;

namespace Davit.Planning.Tests.Garbage;

/// <summary>What is ours and what is not, what is too new to judge, and how long logs stay.</summary>
public sealed class SweepTests
{
    private static readonly DateTimeOffset Old = Past.Now - TimeSpan.FromDays(40);

    private readonly Past _past = new();

    [Fact]
    public void Foreign_images_are_in_neither_list()
    {
        var plan = Decide(new StoredImage("sha256:a", 1, Old, false) { Tags = ["mine:1"] }, new StoredImage("sha256:b", 1, Old, false));
        plan.Going.ShouldBeEmpty();
        plan.Kept.ShouldBeEmpty();
    }

    [Fact]
    public void An_untagged_image_stays_even_with_our_label_which_it_may_have_inherited() =>
        Decide(new StoredImage("sha256:a", 1, Old, true)).Going.ShouldBeEmpty();

    [Fact]
    public void An_image_built_from_one_of_ours_stays() =>
        Decide(new StoredImage("sha256:a", 1, Old, true) { Tags = ["theirs:1"] }).Going.ShouldBeEmpty();

    [Theory]
    [InlineData("their:tag", "")]
    [InlineData("", "their-container")]
    public void One_foreign_name_or_container_saves_an_image(string tag, string user)
    {
        var image = new StoredImage("sha256:a", 1, Old, true) { Tags = tag is "" ? ["davit/x/web:1"] : ["davit/x/web:1", tag], Users = user is "" ? [] : [user] };
        var plan = GarbagePlanner.Decide(_past.Facts with { Owned = new OwnedNames { Built = ["davit/x/web:1"] } }, new GarbageSight { Images = [image] });
        plan.Going.ShouldBeEmpty();
        plan.Kept.ShouldHaveSingleItem().Why.ShouldContain(tag is "" ? user : tag);
    }

    [Fact]
    public void A_pulled_image_goes_only_when_the_pull_was_ours_and_brought_this_very_image()
    {
        var image = new StoredImage("sha256:a", 1, Old, false) { Tags = ["redis:7"], RepoDigests = ["redis@sha256:d"] };
        Pulled(new PulledImage("redis:7", "sha256:a")).ShouldHaveSingleItem().References.ShouldBe(["redis:7"]);
        Pulled(new PulledImage("redis:7", "")).ShouldBeEmpty();
        Pulled(new PulledImage("redis:7", "sha256:b")).ShouldBeEmpty();

        ImmutableArray<Going> Pulled(PulledImage row) => GarbagePlanner.Decide(_past.Facts with { Owned = new OwnedNames { Pulled = [row] } }, new GarbageSight { Images = [image] }).Going;
    }

    [Fact]
    public void An_image_that_a_deployment_on_its_way_holds_stays()
    {
        var facts = _past.Facts with { Owned = new OwnedNames { Built = ["davit/x/web:1"] }, Holds = [new Held(ThingKind.Image, "davit/x/web:1")] };
        GarbagePlanner.Decide(facts, new GarbageSight { Images = [new StoredImage("sha256:a", 1, Old, true) { Tags = ["davit/x/web:1"] }] }).Going.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(9, false)]
    public void What_the_ledger_does_not_know_goes_after_ten_minutes(int minutes, bool goes)
    {
        var at = Past.Now - TimeSpan.FromMinutes(minutes);
        var plan = GarbagePlanner.Decide(_past.Facts, new GarbageSight
        {
            Instances = [new SeenInstance("stray", _past.Owner, at, true, null)],
            Networks = [new SeenObject("stray-net", _past.Owner, at)],
            Images = [new StoredImage("sha256:a", 1, at, true) { Tags = ["davit/x/web:1"] }],
            Files = [new StoredFile(ThingKind.Tree, Past.Digest("stray", 1), 1, at)],
        });
        plan.Going.Select(g => g.Kind).ShouldBe(goes ? [ThingKind.Instance, ThingKind.Network, ThingKind.Image, ThingKind.Tree] : []);
    }

    [Fact]
    public void A_stray_volume_is_told_of_and_never_goes_by_itself()
    {
        var plan = GarbagePlanner.Decide(_past.Facts, new GarbageSight { Volumes = [new SeenObject("data", _past.Owner, Old)] });
        plan.Going.ShouldBeEmpty();
        plan.Kept.ShouldHaveSingleItem().Kind.ShouldBe(ThingKind.Volume);
    }

    [Fact]
    public void A_one_off_command_may_run_as_long_as_it_likes_and_what_it_leaves_goes()
    {
        var owner = _past.Owner with { Run = RunId.From(Guid.CreateVersion7(Past.Now)) };
        GarbagePlanner.Decide(_past.Facts, new GarbageSight { Instances = [new SeenInstance("run", owner, Old, true, null)] }).Going.ShouldBeEmpty();
        GarbagePlanner.Decide(_past.Facts, new GarbageSight { Instances = [new SeenInstance("run", owner, Old, false, Old)] }).Going.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_upload_waits_a_day_to_be_deployed_and_its_source_with_it()
    {
        Uploaded(23, false).ShouldBeEmpty();
        Uploaded(25, true).ShouldBeEmpty();
        Uploaded(25, false).ShouldBe([ThingKind.Upload, ThingKind.Source]);

        ThingKind[] Uploaded(int hours, bool awaited) =>
        [
            .. GarbagePlanner.Decide(
                _past.Facts with { Uploads = [new UploadFact(UploadId.From(Guid.CreateVersion7(Past.Now)), _past.Org, "abc", Past.Now - TimeSpan.FromHours(hours), awaited)] },
                new GarbageSight { Files = [new StoredFile(ThingKind.Source, "abc", 1, Old)] }).Going.Select(g => g.Kind),
        ];
    }

    [Fact]
    public void Half_made_things_go_when_their_maker_is_gone()
    {
        var release = _past.Deploy(TimeSpan.FromDays(1));
        var running = new DeploymentFact(DeploymentId.From(Guid.CreateVersion7(Past.Now)), _past.Env, 2, release.Id, false, null);
        var facts = _past.Facts with { Deployments = _past.Deployments.Add(running) };
        var hourAgo = Past.Now - TimeSpan.FromHours(1);
        string[] going = [.. Past.Names(GarbagePlanner.Decide(facts, new GarbageSight
        {
            Files =
            [
                new(ThingKind.Temporary, $"sources/incoming-{running.Id}", 1, Old),
                new(ThingKind.Temporary, $"sources/incoming-{_past.Deployments[0].Id}", 1, hourAgo),
                new(ThingKind.Temporary, "sources/incoming-upl_1", 1, hourAgo),
                new(ThingKind.Temporary, "content/abc.going", 1, Old),
            ],
        }).Going, ThingKind.Temporary)];
        going.ShouldBe([$"content/abc.going", $"sources/incoming-{_past.Deployments[0].Id}"]);
    }

    [Fact]
    public void Logs_go_by_age_but_those_of_failed_deployments_stay_a_month()
    {
        _past.Deploy(TimeSpan.FromDays(35));
        _past.Deploy(TimeSpan.FromDays(29), succeeds: false);
        _past.Deploy(TimeSpan.FromDays(20));
        var (ofGood, ofFailed) = (Instance(1), Instance(2));
        var facts = _past.Facts with
        {
            Owned = new OwnedNames
            {
                Removed = ImmutableDictionary<InstanceId, RemovedInstance>.Empty
                    .Add(ofGood, new(Past.Now - TimeSpan.FromDays(15), _past.Deployments[0].Id)).Add(ofFailed, new(Past.Now - TimeSpan.FromDays(29), _past.Deployments[1].Id)),
            },
        };
        var plan = GarbagePlanner.Decide(facts, new GarbageSight
        {
            Files =
            [
                Log(ThingKind.InstanceLog, ofGood.ToString()), Log(ThingKind.InstanceLog, ofFailed.ToString()), Log(ThingKind.InstanceLog, Instance(3).ToString()),
                .. _past.Deployments.Select(d => Log(ThingKind.DeploymentLog, d.Id.ToString())),
            ],
        });
        plan.Going.Where(g => g.Kind is not ThingKind.Release).Select(g => g.Name).ShouldBe([_past.Deployments[0].Id.ToString(), ofGood.ToString()]);
    }

    [Fact]
    public void Above_their_size_the_oldest_logs_go_first()
    {
        _past.Retention = RetentionPolicy.Default with { LogBytes = 25 };
        InstanceId[] gone = [Instance(1), Instance(2), Instance(3)];
        var facts = _past.Facts with
        {
            Owned = new OwnedNames { Removed = gone.ToImmutableDictionary(i => i, _ => new RemovedInstance(Past.Now, default)) },
        };
        var plan = GarbagePlanner.Decide(facts, new GarbageSight { Files = [.. gone.Select((i, n) => Log(ThingKind.InstanceLog, i.ToString()) with { ChangedAt = Past.Now - TimeSpan.FromHours(n) })] });
        plan.Going.ShouldHaveSingleItem().Name.ShouldBe(gone[2].ToString());
    }

    [Fact]
    public void Logs_of_an_environment_that_is_gone_go()
    {
        var plan = GarbagePlanner.Decide(_past.Facts with { Environments = [] }, new GarbageSight { Files = [Log(ThingKind.InstanceLog, Instance(1).ToString()) with { ChangedAt = Old }] });
        plan.Going.ShouldHaveSingleItem().Why.ShouldContain("environment is gone");
    }

    private GarbagePlan Decide(params StoredImage[] images) => GarbagePlanner.Decide(_past.Facts, new GarbageSight { Images = [.. images] });

    private StoredFile Log(ThingKind kind, string name) => new(kind, name, 10, Past.Now) { Env = _past.Env };

    private static InstanceId Instance(int n) => InstanceId.From(Guid.CreateVersion7(Past.Now + TimeSpan.FromSeconds(n)));
}
