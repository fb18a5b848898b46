using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Tests.Volumes;

public sealed class S3SettingsTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("davit-s3-file-").FullName, "s3");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void Endpoint_region_keys_and_style_are_read()
    {
        Write("# ours\n\nendpoint = https://s3.example.org\naccess-key=AK\nsecret-key = a=b/c+d==\n");
        Read().ShouldBe(new S3Settings(new Uri("https://s3.example.org"), "us-east-1", "AK", "a=b/c+d==", IsPathStyle: true));
        Write("region = eu-central-1\naccess-key = AK\nsecret-key = SK\n");
        Read().ShouldBe(new S3Settings(null, "eu-central-1", "AK", "SK", IsPathStyle: false));
        Write("endpoint = http://10.0.0.7:9000\nregion = here\nstyle = virtual\naccess-key = AK\nsecret-key = SK\n");
        Read().IsPathStyle.ShouldBeFalse();
        Read().ToString().ShouldNotContain("SK");
    }

    [Theory]
    [InlineData("access-key = AK\nsecret-key = SEEN\n", "neither endpoint nor region")]
    [InlineData("region = r\nsecret-key = SEEN\n", "access-key")]
    [InlineData("region = r\naccess-key = AK\nsecret-key = SEEN\nstyle = other\n", "style")]
    [InlineData("endpoint = ftp://SEEN\naccess-key = AK\nsecret-key = SEEN\n", "endpoint")]
    [InlineData("endpoint = https://user:SEEN@s3.example.org\naccess-key = AK\nsecret-key = SEEN\n", "endpoint")]
    [InlineData("region = r\nsecret_key = SEEN\n", "line 2")]
    [InlineData("region = r\nregion = SEEN\n", "line 2")]
    [InlineData("SEEN", "line 1")]
    [InlineData("secret-key =\n", "line 1")]
    public void A_file_that_says_too_little_or_something_else_is_refused_and_not_repeated(string text, string why)
    {
        Write(text);
        var problem = Should.Throw<ProblemException>(Read).Problem;
        (problem.Code, problem.Detail.Contains(why, StringComparison.Ordinal)).ShouldBe(("DV6015", true), problem.Detail);
        problem.ToString().ShouldNotContain("SEEN");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_can_read_or_change_is_refused(UnixFileMode more)
    {
        Write("region = r\naccess-key = AK\nsecret-key = SK\n");
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        Should.Throw<ProblemException>(Read).Problem.ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6015"), p => p.Detail.ShouldContain("other users"), p => p.Hint.ShouldContain("chmod 600"));
        File.Delete(_file);
        Should.Throw<ProblemException>(Read).Problem.Detail.ShouldContain("is not there");
    }

    [Theory]
    [InlineData("s3://")]
    [InlineData("s3://b")]
    [InlineData("s3://bucket/../other")]
    [InlineData("s3://bucket/a//b")]
    [InlineData("s3://user:secret@bucket/a")]
    [InlineData("s3://bucket/a?b")]
    public void What_cannot_be_a_bucket_and_prefix_is_refused(string place) => Should.Throw<ProblemException>(() => S3Place.Parse(place)).Problem.Code.ShouldBe("DV4201");

    [Fact]
    public void A_bucket_without_a_file_of_settings_is_refused_and_directories_stay_directories()
    {
        Should.Throw<ProblemException>(() => BackupTargets.Of(new ServerOptions { Data = "/x", Backups = "s3://bucket/p" })).Problem.Code.ShouldBe("DV4201");
        BackupTargets.Of(new ServerOptions { Data = "/x", Backups = "s3://bucket/p/", BackupsS3 = "/x/s3" }).ShouldBeOfType<S3Target>().Text.ShouldBe("s3://bucket/p");
        BackupTargets.Of(new ServerOptions { Data = "/x", Backups = "/mnt" }).ShouldBeOfType<DirectoryTarget>();
        CommandLine.Read(["--backups", "s3://bucket/p", "--backups-s3", "rel"]).ShouldBeOfType<Invocation.Serve>().Options.ShouldSatisfyAllConditions(o => o.Backups.ShouldBe("s3://bucket/p"), o => o.BackupsS3.ShouldBe(Path.GetFullPath("rel")));
    }

    private S3Settings Read() => S3Settings.Read(_file);

    private void Write(string text)
    {
        File.WriteAllText(_file, text);
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
