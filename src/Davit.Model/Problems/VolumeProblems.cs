using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV60: volumes and their backups.</summary>
public static class VolumeProblems
{
    private static readonly ProblemCode UsedCode = new("DV6001", "volume-used", "Something uses the volume", 409);
    private static readonly ProblemCode BusyCode = new("DV6002", "volume-busy", "Something else is under way that the volume is needed for", 409, IsRetryable: true);
    private static readonly ProblemCode DamagedCode = new("DV6003", "backup-damaged", "The backup is not what was written", 422);
    private static readonly ProblemCode TargetCode = new("DV6004", "backup-target-failed", "The backup target cannot be used", 503, IsRetryable: true);
    private static readonly ProblemCode NoTargetCode = new("DV6005", "backup-target-missing", "No backup target is set", 409);
    private static readonly ProblemCode OutOfReachCode = new("DV6006", "volume-out-of-reach", "No image is here by which the volume can be opened", 409);
    private static readonly ProblemCode ExistsCode = new("DV6007", "volume-exists", "A volume of that name exists", 409);
    private static readonly ProblemCode UnreadableCode = new("DV6008", "volume-unreadable", "The volume could not be read whole", 502);
    private static readonly ProblemCode DiffersCode = new("DV6009", "restore-differs", "What was restored is not what was backed up", 502);
    private static readonly ProblemCode EmptyCode = new("DV6010", "volume-empty", "The volume holds nothing", 409);
    private static readonly ProblemCode NotDoneCode = new("DV6011", "backup-not-done", "The backup was never finished", 409);
    private static readonly ProblemCode NotReplaceableCode = new("DV6013", "volume-not-replaceable", "The data of the volume lies outside of the runtime", 409);
    private static readonly ProblemCode CutOffCode = new("DV6012", "volume-work-cut-off", "The work on the volume was cut off again and again", 500);
    private static readonly ProblemCode TargetRefusesCode = new("DV6014", "backup-target-refuses", "The backup target refuses davitd", 503);
    private static readonly ProblemCode TargetSettingsCode = new("DV6015", "backup-settings-unusable", "The settings of the backup target cannot be used", 503);

    private static readonly ProblemCode DisturbedCode = new("DV6016", "snapshot-disturbed", "Something ran on the volume while it was copied", 409, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        UsedCode, BusyCode, DamagedCode, TargetCode, NoTargetCode, OutOfReachCode, ExistsCode, UnreadableCode, DiffersCode, EmptyCode, NotDoneCode, CutOffCode, NotReplaceableCode, TargetRefusesCode,
        TargetSettingsCode, DisturbedCode,
    ];

    public static Problem Used(string volume, string holder) => new(
        UsedCode, $"'{volume}' is used by {holder}. Nothing was deleted.", "Take the volume out of the manifest and deploy, then delete it.");

    public static Problem Busy(string volume, string what) => new(
        BusyCode, $"'{volume}' has to wait: {what}. Nothing was changed.", $"Try again when that has ended; see it with: davit volume get {volume}");

    public static Problem Damaged(string backup, string what) => new(
        DamagedCode, $"{backup}: {what}. Nothing was restored from it.", "Restore an older one (davit backup list), and take a new one: davit backup create VOLUME");

    public static Problem TargetFailed(string target, string why) => new(
        TargetCode, $"{target}: {why}. The volume was not touched, and older backups are as they were.", "Check that the target exists, can be written and has room, then try again.");

    /// <param name="what">What about the bucket, its region or the keys is wrong: trying again alone does not help.</param>
    public static Problem TargetRefuses(string target, string what) => new(
        TargetRefusesCode, $"{target}: {what}. The volume was not touched, and older backups are as they were.", "Correct the bucket, or the file that --backups-s3 names (it is read again when it changes), then: davit doctor");

    public static Problem TargetSettings(string file, string why) => new(
        TargetSettingsCode, $"{file} {why}. Nothing was sent.", $"Correct {file} (chmod 600, 'name = value' lines; it is read again when it changes), then: davit doctor");

    /// <summary>Whether the target is what failed, and not the backup in it.</summary>
    public static bool IsOfTarget(Problem problem) => problem.Of == TargetCode || problem.Of == TargetRefusesCode || problem.Of == TargetSettingsCode;

    public static Problem NoTarget() => new(
        NoTargetCode, "davitd was started without a place for backups. Nothing was changed.", "Start davitd with --backups DIR, on another disk than the volumes, or with --backups s3://BUCKET/PREFIX --backups-s3 FILE.");

    public static Problem OutOfReach(string volume) => new(
        OutOfReachCode, $"'{volume}' is opened by means of an image of its environment, and none is deployed. Its data was not touched.", "Deploy a release first: davit deploy");

    public static Problem Exists(string volume) => new(
        ExistsCode, $"'{volume}' exists, and restoring into a new volume never overwrites. Nothing was changed.", "Choose another name: --as NAME");

    public static Problem Unreadable(string volume, string why) => new(
        UnreadableCode, $"'{volume}': {why}. Nothing was made of it; older backups and snapshots are as they were.", "Stop what writes into it meanwhile: davit backup create VOLUME --stop");

    public static Problem Differs(string volume, string what) => new(
        DiffersCode, $"'{volume}' was restored or copied, but {what}. It counts neither as proven nor as a snapshot.", "See that the disk of the engine has room, then restore again.");

    public static Problem Empty(string volume) => new(
        EmptyCode, $"'{volume}' holds no file, so there is nothing to back up; an empty backup would only look like one.", "Check that the service writes where the volume is mounted: davit volume get VOLUME");

    public static Problem NotDone(string backup, string state) => new(
        NotDoneCode, $"{backup} is {state}, so nothing can be restored from it. Nothing was changed.", "Choose one that is done: davit backup list");

    public static Problem NotReplaceable(string volume) => new(
        NotReplaceableCode, $"'{volume}' has a driver or options of its own, so removing it would not remove its data. Nothing was changed.", "Restore next to it and move the data yourself: davit backup restore BACKUP --as NAME");

    public static Problem Disturbed(string volume) => new(
        DisturbedCode, $"Something that mounts '{volume}' was started or went on while it was copied, so the copy is of no one point in time. It was thrown away; the data was not touched.", $"Take it again when nothing is being deployed: davit volume snapshot create {volume}");

    public static Problem CutOff(string volume, int times) => new(
        CutOffCode, $"davitd ended {times} times while it worked on '{volume}'. What was made on the way has been taken away again.", "Read davitd's log for the reason, then ask for it once more.");
}
