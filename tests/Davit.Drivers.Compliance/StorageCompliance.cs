using System.Formats.Tar;
using System.Text;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

/// <summary>Volumes, delivered files, archives.</summary>
public abstract class StorageCompliance : DriverCompliance
{
    [Fact]
    public async Task A_volume_is_made_once_and_removed_twice()
    {
        Needs(DriverCapabilities.Volumes);
        var spec = new VolumeSpec(Bed.Name("vol"), Bed.Owner);

        await Driver.EnsureVolumeAsync(spec, Ct);
        (await Driver.EnsureVolumeAsync(spec, Ct)).Owner.ShouldBe(spec.Owner);

        (await Driver.ObserveAsync(Bed.All, Ct)).Volumes.ShouldHaveSingleItem().Name.ShouldBe(spec.Name);
        await Driver.RemoveVolumeAsync(spec.Name, Ct);
        await Driver.RemoveVolumeAsync(spec.Name, Ct);
        (await Driver.ObserveAsync(Bed.All, Ct)).Volumes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_volume_in_use_stays()
    {
        Needs(DriverCapabilities.Volumes);
        var volume = await VolumeAsync();
        await Driver.CreateInstanceAsync(Bed.Spec(new Workload.Idles()) with { Mounts = [new MountSpec.Volume(volume, "/data")] }, Ct);

        (await ProblemOfAsync(() => Driver.RemoveVolumeAsync(volume, Ct))).Name.ShouldBe("volume-in-use");
    }

    [Fact]
    public async Task A_volume_of_another_installation_is_neither_adopted_nor_removed()
    {
        Needs(DriverCapabilities.Volumes);
        var volume = await VolumeAsync();
        var stranger = Id.New<InstallationId>(TimeProvider.System);
        var theirs = Bed.Open(stranger);

        await theirs.RemoveVolumeAsync(volume, Ct);
        (await ProblemOfAsync(() => theirs.EnsureVolumeAsync(new(volume, Bed.Owner with { Installation = stranger }), Ct))).Name.ShouldBe("name-taken");

        (await Driver.ObserveAsync(Bed.All, Ct)).Volumes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Data_outlives_instances()
    {
        Needs(DriverCapabilities.Volumes | DriverCapabilities.RealProcesses);
        EquatableList<MountSpec> mounts = [new MountSpec.Volume(await VolumeAsync(), "/data")];

        await OutputOfAsync(Bed.Spec(new Workload.Script("echo cargo > /data/hold")) with { Mounts = mounts });

        (await OutputOfAsync(Bed.Spec(new Workload.Script("cat /data/hold")) with { Mounts = mounts })).ShouldBe("cargo");
    }

    [Fact]
    public async Task A_read_only_volume_cannot_be_written()
    {
        Needs(DriverCapabilities.Volumes | DriverCapabilities.RealProcesses);
        EquatableList<MountSpec> mounts = [new MountSpec.Volume(await VolumeAsync(), "/data") { ReadOnly = true }];

        var (code, _, errors) = await OneOffAsync(Bed.Spec(new Workload.Script("touch /data/x")) with { Mounts = mounts });

        code.ShouldNotBe(0);
        errors.ShouldContain("Read-only");
    }

    [Fact]
    public async Task Removing_an_instance_spares_its_named_volumes()
    {
        Needs(DriverCapabilities.Volumes);
        var volume = await VolumeAsync();
        var spec = Bed.Spec(new Workload.Idles()) with { Mounts = [new MountSpec.Volume(volume, "/data")] };
        await RunAsync(spec);

        await Driver.RemoveInstanceAsync(spec.Name, Ct);

        (await Driver.ObserveAsync(Bed.All, Ct)).Volumes.ShouldHaveSingleItem().Name.ShouldBe(volume);
    }

    [Fact]
    public async Task Configs_have_content_mode_and_owner_before_the_process_starts()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("stat -c '%a %u:%g %s' /etc/app/deep/one.conf /two.conf; cat /etc/app/deep/one.conf; stat -c '%a' /etc/app")) with
        {
            Files =
            [
                new("/etc/app/deep/one.conf", Plain("key = 'välue' $x\n")) { Mode = 0b110_100_000, Uid = 7, Gid = 8 },
                new("/two.conf", Plain("")),
            ],
        };

        (await OutputOfAsync(spec)).ShouldBe("640 7:8 18\n444 0:0 0\nkey = 'välue' $x\n755");
    }

    [Fact]
    public async Task Configs_reach_a_read_only_root_and_a_tmpfs()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("cat /etc/app.conf /scratch/b.conf")) with
        {
            Isolation = new() { ReadOnlyRoot = true },
            Mounts = [new MountSpec.Tmpfs("/scratch")],
            Files = [new("/etc/app.conf", Plain("a\n")), new("/scratch/b.conf", Plain("b\n"))],
        };

        (await OutputOfAsync(spec)).ShouldBe("a\nb");
    }

    [Fact]
    public async Task Secrets_belong_to_the_user_of_the_instance_and_lie_in_memory()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("cat /run/secrets/key; echo; stat -c '%a %u:%g' /run/secrets/key; awk '$2==\"/run/secrets/key\"{print $3}' /proc/mounts; touch /run/secrets/key 2>/dev/null || echo locked")) with
        {
            Files = [new("/run/secrets/key", Secret("s3cr3t-€"))],
        };

        (await OutputOfAsync(spec with { Process = spec.Process with { User = "1000:1001" } })).ShouldBe("s3cr3t-€\n400 1000:1001\ntmpfs\nlocked");
    }

    [Fact]
    public async Task A_user_given_by_name_owns_its_secrets()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("cat /run/secrets/key; stat -c ' %u' /run/secrets/key; id -u")) with { Files = [new("/run/secrets/key", Secret("x"))] };

        var lines = (await OutputOfAsync(spec with { Process = spec.Process with { User = "nobody" } })).Split('\n');

        lines[0].ShouldBe("x " + lines[1]);
    }

    [Fact]
    public async Task A_secret_without_its_value_is_not_delivered()
    {
        var spec = Bed.Spec(new Workload.Idles()) with { Files = [new("/run/secrets/key", new FileContent.Secret("key", "1", null))] };

        (await ProblemOfAsync(() => Driver.CreateInstanceAsync(spec, Ct))).Name.ShouldBe("secret-failed");
        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_instance_gets_its_files_again()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("cat /run/secrets/key")) with { Files = [new("/run/secrets/key", Secret("twice"))] };
        for (var i = 0; i < 2; i++)
        {
            await RunAsync(spec);
            (await Driver.WaitInstanceAsync(spec.Name, Ct)).ShouldNotBeNull().ExitCode.ShouldBe(0);
        }

        (await LogsAsync(spec.Name)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Archives_go_in_and_out_of_what_does_not_run()
    {
        Needs(DriverCapabilities.Archives);
        var volume = await VolumeAsync();
        var spec = Bed.Spec(new Workload.Idles()) with { Mounts = [new MountSpec.Volume(volume, "/data")] };
        spec = spec with { Process = spec.Process with { User = "7" } };
        await Driver.CreateInstanceAsync(spec, Ct);
        using var sent = new MemoryStream();
        await using (var writer = new TarWriter(sent, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "manifest") { DataStream = new MemoryStream("tea"u8.ToArray()), Uid = 5 }, Ct);
        sent.Position = 0;

        await Driver.WriteArchiveAsync(spec.Name, "/data", sent, Ct);

        await using var archive = await Driver.ReadArchiveAsync(spec.Name, "/data/manifest", Ct);
        await using var reader = new TarReader(archive);
        var entry = (await reader.GetNextEntryAsync(copyData: true, Ct)).ShouldNotBeNull();
        entry.Uid.ShouldBe(5);
        using var content = new StreamReader(entry.DataStream!);
        (await content.ReadToEndAsync(Ct)).ShouldBe("tea");
        (await ProblemOfAsync(() => Driver.ReadArchiveAsync(spec.Name, "/data/none", Ct))).Name.ShouldBe("instance-not-found");
    }

    protected static FileContent Plain(string text) => new FileContent.Plain([.. Encoding.UTF8.GetBytes(text)]);

    protected static FileContent Secret(string text) => new FileContent.Secret("key", "1", [.. Encoding.UTF8.GetBytes(text)]);

    private async Task<string> VolumeAsync()
    {
        var name = Bed.Name("vol");
        await Driver.EnsureVolumeAsync(new(name, Bed.Owner), Ct);
        return name;
    }
}
