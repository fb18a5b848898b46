using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Volumes;

namespace Davit.Planning.Tests.Volumes;

public sealed class BackupPlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly BackupFacts Daily = new(Now) { Every = TimeSpan.FromDays(1), Prove = TimeSpan.FromDays(7), Keep = 2 };

    [Fact]
    public void Without_a_schedule_nothing_is_due()
    {
        var plan = BackupPlanner.Decide(new BackupFacts(Now) { Backups = [Done(500)] });
        (plan.BackUp, plan.Prove, plan.Expired.Length).ShouldBe((false, null, 0));
    }

    [Fact]
    public void A_volume_that_was_never_backed_up_is_due_at_once_and_then_when_the_time_has_passed()
    {
        BackupPlanner.Decide(Daily).BackUp.ShouldBeTrue();
        BackupPlanner.Decide(Daily with { Backups = [Done(23.9)] }).BackUp.ShouldBeFalse();
        BackupPlanner.Decide(Daily with { Backups = [Done(24)] }).BackUp.ShouldBeTrue();
        BackupPlanner.Decide(Daily with { Backups = [Open(0), Done(48)] }).BackUp.ShouldBeFalse("one is under way");
        BackupPlanner.Decide(Daily with { GoneAt = Now }).BackUp.ShouldBeFalse("the volume is gone");
    }

    [Fact]
    public void A_clock_that_is_set_back_keeps_no_backup_and_no_proof_waiting()
    {
        var ahead = Done(-48);
        BackupPlanner.Decide(Daily with { Backups = [ahead] }).BackUp.ShouldBeTrue();
        BackupPlanner.Decide(Daily with { Backups = [ahead], Restores = [Proof(ahead, -48)] }).Prove.ShouldBe(ahead.Id);
    }

    [Fact]
    public void After_a_failure_it_is_tried_again_soon_but_not_at_once()
    {
        BackupPlanner.Decide(Daily with { Backups = [Failed(0.1), Done(48)] }).BackUp.ShouldBeFalse();
        BackupPlanner.Decide(Daily with { Backups = [Failed(0.3), Done(48)] }).BackUp.ShouldBeTrue();
        BackupPlanner.Decide(Daily with { Backups = [Failed(0.3), Done(2)] }).BackUp.ShouldBeFalse("the last good one is young enough");
    }

    [Fact]
    public void The_newest_backup_is_proven_again_and_again()
    {
        var (old, newest) = (Done(30), Done(1));
        BackupPlanner.Decide(Daily with { Backups = [newest, old] }).Prove.ShouldBe(newest.Id);
        BackupPlanner.Decide(Daily with { Backups = [newest, old], Restores = [Proof(old, 6 * 24)] }).Prove.ShouldBeNull();
        BackupPlanner.Decide(Daily with { Backups = [newest, old], Restores = [Proof(old, 7 * 24)] }).Prove.ShouldBe(newest.Id);
        BackupPlanner.Decide(Daily with { Backups = [newest, old], Restores = [Proof(newest, 0, BackupState.Open), Proof(old, 900)] }).Prove.ShouldBeNull("one is under way");
        BackupPlanner.Decide(Daily with { Backups = [Failed(1)] }).Prove.ShouldBeNull("there is nothing to prove");
    }

    [Fact]
    public void A_failed_proof_is_repeated_at_once_for_a_newer_backup_and_soon_for_the_same()
    {
        var (old, newest) = (Done(30), Done(1));
        BackupPlanner.Decide(Daily with { Backups = [newest, old], Restores = [Proof(old, 0, BackupState.Failed)] }).Prove.ShouldBe(newest.Id);
        BackupPlanner.Decide(Daily with { Backups = [newest], Restores = [Proof(newest, 0.1, BackupState.Failed)] }).Prove.ShouldBeNull();
        BackupPlanner.Decide(Daily with { Backups = [newest], Restores = [Proof(newest, 0.3, BackupState.Failed)] }).Prove.ShouldBe(newest.Id);
    }

    [Fact]
    public void What_is_too_much_goes_and_the_newest_proven_one_and_what_is_being_restored_stay()
    {
        BackupFact[] all = [Done(1), Failed(2), Done(3), Done(4), Done(5), Done(6)];
        Expired(Daily with { Backups = [.. all] }).ShouldBe([all[3].Id, all[4].Id, all[5].Id]);
        Expired(Daily with { Backups = [.. all], Restores = [Proof(all[4], 1, BackupState.Failed), Proof(all[5], 2), Proof(all[3], 3)] }).ShouldBe([all[3].Id, all[4].Id]);
        Expired(Daily with { Backups = [.. all], Restores = [Proof(all[3], 0, BackupState.Open), Proof(all[5], 2)] }).ShouldBe([all[4].Id]);
        Expired(Daily with { Keep = 0, Backups = [.. all] }).ShouldNotContain(all[0].Id, "the last one never goes");
    }

    [Fact]
    public void Failures_are_told_for_two_weeks_and_the_last_one_as_long_as_nothing_follows()
    {
        Expired(Daily with { Backups = [Done(1), Failed(13 * 24), Failed(15 * 24)] }).Length.ShouldBe(1);
        Expired(Daily with { Backups = [Failed(15 * 24)] }).ShouldBeEmpty();
    }

    [Fact]
    public void Backups_outlive_their_volume_by_two_weeks()
    {
        ImmutableArray<BackupFact> all = [Done(1), Done(2)];
        Expired(Daily with { Backups = all, GoneAt = Now.AddDays(-13) }).ShouldBeEmpty();
        Expired(Daily with { Backups = all, GoneAt = Now.AddDays(-14), Restores = [Proof(all[0], 1)] }).ShouldBe(all.Select(b => b.Id));
    }

    [Fact]
    public void Whoever_relies_on_backups_is_told_what_is_wrong()
    {
        var done = Done(1);
        BackupPlanner.Worry(new BackupFacts(Now)).ShouldBe("");
        BackupPlanner.Worry(Daily with { Backups = [done], Restores = [Proof(done, 1)] }).ShouldBe("");
        BackupPlanner.Worry(Daily with { Backups = [done], Restores = [Proof(done, 1, BackupState.Failed), Proof(done, 2)] }).ShouldBe("proof-failed");
        BackupPlanner.Worry(Daily with { Backups = [Failed(1), Done(2)] }).ShouldBe("backup-failed");
        BackupPlanner.Worry(Daily with { Backups = [Open(0), Failed(1), Done(2)] }).ShouldBe("backup-failed", "what is under way is no success yet");
        BackupPlanner.Worry(Daily with { Backups = [Done(49)] }).ShouldBe("backup-overdue");
        BackupPlanner.Worry(Daily with { Backups = [done], Restores = [Proof(done, (8 * 24) + 1)] }).ShouldBe("proof-overdue");
    }

    private static ImmutableArray<BackupId> Expired(BackupFacts facts) => BackupPlanner.Decide(facts).Expired;

    private static BackupFact Done(double hoursAgo) => Fact(BackupState.Done, hoursAgo);

    private static BackupFact Failed(double hoursAgo) => Fact(BackupState.Failed, hoursAgo);

    private static BackupFact Open(double hoursAgo) => Fact(BackupState.Open, hoursAgo);

    private static BackupFact Fact(BackupState state, double hoursAgo) => new(BackupId.From(Guid.CreateVersion7(Now.AddHours(-hoursAgo))), state, Now.AddHours(-hoursAgo));

    private static RestoreFact Proof(BackupFact of, double hoursAgo, BackupState state = BackupState.Done) => new(of.Id, state, Now.AddHours(-hoursAgo));
}
