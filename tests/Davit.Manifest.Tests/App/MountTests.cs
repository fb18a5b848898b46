using Davit.Model;

namespace Davit.Manifest.Tests.App;

public sealed class MountTests
{
    [Fact]
    public void A_bound_path_of_the_app_is_content_of_the_release()
    {
        var result = Shop.Load(("compose.yaml", "services: {a: {image: x, volumes: ['./conf/a.txt:/a.txt']}}\n"), ("conf/a.txt", "1"));
        var mount = result.Accepted().Services["a"].Volumes.ShouldHaveSingleItem();
        mount.Source.ShouldBe(new MountSource.Content("conf/a.txt"));
        mount.ReadOnly.ShouldBeTrue();
        result.Notes(ManifestProblems.MountConverted).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_bound_path_that_is_not_there_becomes_a_volume_of_the_app()
    {
        var manifest = Shop.Load("services: {a: {image: x, volumes: ['./data/pg:/d']}, b: {image: x, volumes: ['./data/pg:/d:ro']}}\n").Accepted();
        manifest.Volumes.Keys.ShouldBe(["data-pg"]);
        manifest.Volumes["data-pg"].Name.ShouldBe("shop_data-pg");
        manifest.Services["a"].Volumes[0].Source.ShouldBe(manifest.Services["b"].Volumes[0].Source);
    }

    [Fact]
    public void Two_paths_never_share_a_volume_and_none_takes_one_that_has_a_name()
    {
        var manifest = Shop.Load("services: {a: {image: x, volumes: ['./data-x:/1', './data.x:/2', './vol:/3', 'vol:/4']}}\nvolumes: {vol: }\n").Accepted();
        manifest.Services["a"].Volumes.Select(m => ((MountSource.Named)m.Source).Volume).ShouldBe(["data-x", "data-x-2", "vol-2", "vol"]);
    }

    [Fact]
    public void A_path_of_the_host_needs_a_capability()
    {
        var result = Shop.Load("services: {a: {image: x, volumes: ['/var/run/docker.sock:/s']}}\n");
        result.Accepted().Services["a"].Volumes[0].Source.ShouldBeOfType<MountSource.Host>().Path.ShouldBe("/var/run/docker.sock");
        result.Notes(ManifestProblems.NeedsCapability).ShouldHaveSingleItem().ShouldContain("the engine's socket");
    }

    [Theory]
    [InlineData("vol:/proc")]
    [InlineData("vol:/sys/x")]
    [InlineData("vol:/dev")]
    [InlineData("vol:/run/secrets/x")]
    [InlineData("vol:/a/../proc")]
    public void Nothing_is_mounted_over_the_system(string mount) =>
        Shop.Load($"services: {{a: {{image: x, volumes: ['{mount}']}}}}\nvolumes: {{vol: }}\n").Refused().ShouldHaveSingleItem().ShouldContain("mount-target-refused");

    [Fact]
    public void Volumes_take_size_sharing_and_backup_from_the_manifest()
    {
        var volume = Shop.Load("services: {a: {image: x, volumes: ['vol:/v']}}\nvolumes: {vol: }\n", "volumes: {vol: {size: 10Gi, backup: {every: 24h, keep: 3}}}\n").Accepted().Volumes["vol"];
        (volume.Size, volume.Backup).ShouldBe((10L << 30, new BackupSpec(TimeSpan.FromDays(1), 3)));
    }

    [Fact]
    public void A_volume_of_the_manifest_that_nothing_mounts_is_a_slip() =>
        Shop.Load("services: {a: {image: x, volumes: ['data:/v']}}\nvolumes: {data: }\n", "volumes: {dat: {size: 1Gi}}\n").Refused().ShouldHaveSingleItem().ShouldContain("(did you mean data?)");

    [Fact]
    public void A_secret_file_is_accepted_with_a_warning_and_one_from_the_environment_is_refused()
    {
        var result = Shop.Load(("compose.yaml", "services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {file: ./s.txt}}\n"), ("s.txt", "1"));
        result.Accepted().Secrets["s"].Source.ShouldBe(new FileSource.File("s.txt"));
        result.Notes(ManifestProblems.SecretFromFile).ShouldHaveSingleItem();
        Shop.Load("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: S}}\n").Refused().ShouldHaveSingleItem().ShouldContain("davit secret set s");
    }

    [Fact]
    public void Configs_come_from_a_file_of_the_app_or_from_text()
    {
        var manifest = Shop.Load(("compose.yaml", "services: {a: {image: x, configs: [f, {source: c, target: /etc/c, mode: 0440}]}}\nconfigs: {f: {file: f.txt}, c: {content: hi}}\n"), ("f.txt", "1")).Accepted();
        manifest.Configs["f"].Source.ShouldBe(new FileSource.File("f.txt"));
        manifest.Configs["c"].Source.ShouldBe(new FileSource.Content("hi"));
        manifest.Services["a"].Configs.Select(c => (c.Target, c.Mode)).ShouldBe([("/etc/c", 288), ("/f", null)]);
    }

    [Theory]
    [InlineData("../f.txt", "path-outside-app")]
    [InlineData("none.txt", "manifest-file-missing")]
    public void A_file_that_is_not_part_of_the_app_is_refused(string file, string name) =>
        Shop.Load($"services: {{a: {{image: x, configs: [f]}}}}\nconfigs: {{f: {{file: {file}}}}}\n").Refused().ShouldHaveSingleItem().ShouldContain(name);
}
