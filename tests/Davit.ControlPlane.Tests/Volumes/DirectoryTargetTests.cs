using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Tests.Volumes;

public sealed class DirectoryTargetTests : BackupTargetCompliance, IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("davit-target-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_directory_that_a_kill_left_half_a_file_in_is_as_before()
    {
        var root = _root.FullName;
        var target = new DirectoryTarget(root);
        await target.PutAsync("a/chunks/one", new byte[] { 1, 2, 3 }, Ct);
        await File.WriteAllBytesAsync(Path.Combine(root, "a/chunks/one.new"), [9], Ct);
        await File.WriteAllBytesAsync(Path.Combine(root, "a/chunks/two.new"), [9], Ct);

        (await target.ListAsync("a/chunks", Ct)).ShouldBe([KeyValuePair.Create("one", 3L)]);
        (await target.GetAsync("a/chunks/one", Ct)).ShouldBe([1, 2, 3]);
        (await target.GetAsync("a/chunks/two", Ct)).ShouldBeNull();
        await target.PutAsync("a/chunks/two", new byte[] { 4 }, Ct);
        (await target.GetAsync("a/chunks/two", Ct)).ShouldBe([4]);
        File.GetUnixFileMode(Path.Combine(root, "a/chunks/two")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_told_and_never_made()
    {
        var missing = Path.Combine(_root.FullName, "not-mounted");
        (await Should.ThrowAsync<ProblemException>(new DirectoryTarget(missing).TryAsync(Ct))).Problem.ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6004"), p => p.Detail.ShouldContain("is not there"));
        Directory.Exists(missing).ShouldBeFalse("a directory that is missing because a disk is not mounted must not be made");
        (await Should.ThrowAsync<ProblemException>(new NoTarget().TryAsync(Ct))).Problem.Code.ShouldBe("DV6005");
    }

    private protected override IBackupTarget Make() => new DirectoryTarget(_root.CreateSubdirectory(Guid.CreateVersion7().ToString("n")).FullName);
}
