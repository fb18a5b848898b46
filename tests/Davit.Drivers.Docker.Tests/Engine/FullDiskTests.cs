using System.Formats.Tar;
using Davit.Drivers.Builds;
using Davit.Drivers.Compliance;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Model;

namespace Davit.Drivers.Docker.Tests.Engine;

/// <summary>A real engine with a small disk.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int MoreThanThereIs = 96 << 20;

    private PrivateEngine _engine = null!;
    private DockerBed _bed = null!;
    private IRuntimeDriver _driver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await PrivateEngine.StartOrSkipAsync(new() { Disk = "64m" }, Ct);
        _bed = new(_engine.Endpoint);
        _driver = _bed.Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
            await _bed.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Files_that_do_not_fit_are_named_as_such_and_what_runs_goes_on()
    {
        var spec = _bed.Spec(new Workload.Idles());
        await _driver.CreateInstanceAsync(spec, Ct);
        await _driver.StartInstanceAsync(spec.Name, Ct);
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "big") { DataStream = new MemoryStream(new byte[MoreThanThereIs]) }, Ct);
        tar.Position = 0;

        var problem = (await Should.ThrowAsync<ProblemException>(() => _driver.WriteArchiveAsync(spec.Name, "/tmp", tar, Ct))).Problem;

        problem.Name.ShouldBe("disk-full");
        (await _driver.ObserveAsync(_bed.All, Ct)).Instances.ShouldHaveSingleItem().State.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task A_build_that_does_not_fit_is_named_as_such()
    {
        var directory = Directory.CreateTempSubdirectory("davit-build").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "Dockerfile"), $"FROM {DockerBed.Shell}\nRUN dd if=/dev/zero of=/big bs=1048576 count={MoreThanThereIs >> 20}\n", Ct);

            var problem = (await Should.ThrowAsync<ProblemException>(() =>
                _driver.BuildImageAsync(new BuildSpec(directory, $"{_bed.Name("image")}:1"), (_, _) => ValueTask.CompletedTask, Ct))).Problem;

            problem.Name.ShouldBe("disk-full");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
