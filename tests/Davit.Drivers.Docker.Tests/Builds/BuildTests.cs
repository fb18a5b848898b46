using System.Text;
using Davit.Drivers.Builds;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Builds;

/// <summary>Builds on the real engine.</summary>
public sealed class BuildTests : IAsyncLifetime
{
    private readonly DockerBed _bed = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("davit-build-test").FullName;
    private readonly List<string> _lines = [];
    private IRuntimeDriver _driver = null!;
    private string _tag = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _driver = _bed.Open();
        _tag = $"{_bed.Name("image")}:1";
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _driver.RemoveImageAsync(_tag, CancellationToken.None);
        await _bed.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task An_image_is_built_with_arguments_target_and_labels_and_runs()
    {
        Write("Dockerfile", "FROM busybox:1 AS base\nARG CARGO=none\nARG MARK\nCOPY . /app\nRUN echo \"$MARK loaded $CARGO\" | tee /app/load\nFROM base AS other\nRUN false\nFROM base AS wanted\nCMD cat /app/load /app/sub/file\n");
        Write("sub/file", "deep\n");

        var outcome = await BuildAsync(Spec() with { NoCache = true, Target = "wanted", Arguments = EquatableMap.Of(("CARGO", "tea & 'sugar'"), ("MARK", _tag)), Labels = EquatableMap.Of(("crew", "12")) });

        outcome.ImageId.ShouldStartWith("sha256:");
        var sight = (await _driver.InspectImageAsync(_tag, Ct)).ShouldNotBeNull();
        sight.Pinned.ShouldBe(outcome.ImageId);
        sight.Config.Labels["crew"].ShouldBe("12");
        _lines.ShouldContain(l => l.Contains($"{_tag} loaded tea & 'sugar'", StringComparison.Ordinal));
        (await RunAsync(outcome.ImageId)).ShouldBe([$"{_tag} loaded tea & 'sugar'", "deep"]);
    }

    [Fact]
    public async Task What_is_ignored_is_not_sent_and_special_files_do_not_hang()
    {
        // The Dockerfile itself is sent all the same: the builder reads it from there.
        Write("Dockerfile", "FROM busybox:1\nCOPY . /app\nCMD cd /app && find . | sort\n");
        Write(".dockerignore", "**/*.log\nsecret\n!keep.log\nDockerfile\n.dockerignore\n");
        Write("keep.log", "");
        Write("drop.log", "");
        Write("secret/key", "");
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), "keep.log");
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_directory, "pipe")]))
            await pipe.WaitForExitAsync(Ct);

        var outcome = await BuildAsync(Spec());

        (await RunAsync(outcome.ImageId)).ShouldBe([".", "./Dockerfile", "./keep.log", "./link"]);
    }

    [Fact]
    public async Task A_failed_step_is_named_with_its_last_lines()
    {
        Write("Dockerfile", "FROM busybox:1\nRUN echo before; echo 'the reef' >&2; exit 3\n");

        var problem = (await Should.ThrowAsync<ProblemException>(() => BuildAsync(Spec()))).Problem;

        problem.Name.ShouldBe("build-failed");
        problem.Detail.ShouldContain("RUN echo before");
        problem.Detail.ShouldContain("the reef");
        problem.Detail.ShouldContain("3");
        (await _driver.InspectImageAsync(_tag, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_broken_dockerfile_is_a_failed_build()
    {
        Write("Dockerfile", "FROM busybox:1\nFLOAT away\n");

        var problem = (await Should.ThrowAsync<ProblemException>(() => BuildAsync(Spec()))).Problem;

        problem.Name.ShouldBe("build-failed");
        problem.Detail.ShouldContain("FLOAT");
    }

    [Fact]
    public async Task A_base_image_that_cannot_be_had_is_named()
    {
        Write("Dockerfile", "FROM localhost:1/nobody/nothing:1\n");

        var problem = (await Should.ThrowAsync<ProblemException>(() => BuildAsync(Spec()))).Problem;

        problem.Name.ShouldBeOneOf("image-unreachable", "image-not-found");
        problem.Detail.ShouldContain("localhost:1/nobody/nothing:1");
    }

    [Fact]
    public async Task A_syntax_line_that_cannot_be_fetched_is_explained()
    {
        Write("Dockerfile", "# syntax=localhost:1/docker/dockerfile:1\nFROM busybox:1\n");

        var problem = (await Should.ThrowAsync<ProblemException>(() => BuildAsync(Spec()))).Problem;

        problem.Name.ShouldBe("build-unavailable");
        problem.Hint.ShouldContain("# syntax=");
    }

    [Theory]
    [InlineData("no/such/directory", "Dockerfile")]
    [InlineData(".", "Nothing")]
    [InlineData(".", "../../etc/passwd")]
    public async Task A_context_that_cannot_be_used_is_refused(string directory, string dockerfile)
    {
        var spec = new BuildSpec(Path.GetFullPath(Path.Combine(_directory, directory)), _tag) { Dockerfile = dockerfile };

        (await Should.ThrowAsync<ProblemException>(() => BuildAsync(spec))).Problem.Name.ShouldBe("build-context");
    }

    [Fact]
    public async Task A_build_that_takes_too_long_is_stopped_and_leaves_no_process()
    {
        var mark = $"31{Environment.ProcessId}";
        Write("Dockerfile", $"FROM busybox:1\nRUN echo {mark}; sleep {mark}\n");

        var problem = (await Should.ThrowAsync<ProblemException>(() => BuildAsync(Spec() with { Limits = new() { Time = TimeSpan.FromSeconds(4) } }))).Problem;

        problem.Name.ShouldBe("build-timeout");
        problem.Detail.ShouldContain(mark);
        await NoProcessAsync(mark);
    }

    [Fact]
    public async Task A_secret_reaches_the_step_and_nothing_else()
    {
        var value = $"s3cret-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        Write("Dockerfile", "FROM busybox:1\nRUN --mount=type=secret,id=token wc -c < /run/secrets/token > /size\nCMD cat /size; ls /run/secrets 2>/dev/null || true\n");

        var outcome = await BuildAsync(Spec() with { Secrets = [new("token", Encoding.UTF8.GetBytes(value))] });

        (await RunAsync(outcome.ImageId)).ShouldBe([value.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        _lines.ShouldAllBe(l => !l.Contains(value, StringComparison.Ordinal));
        _lines.ShouldContain(l => l.Contains("RUN --mount=type=secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_step_with_secrets_is_named_too()
    {
        Write("Dockerfile", "FROM busybox:1\nRUN --mount=type=secret,id=token echo aground; exit 4\n");

        var problem = (await Should.ThrowAsync<ProblemException>(() => BuildAsync(Spec() with { Secrets = [new("token", "x"u8.ToArray())] }))).Problem;

        problem.Name.ShouldBe("build-failed");
        problem.Detail.ShouldContain("RUN --mount=type=secret");
        problem.Detail.ShouldContain("aground");
    }

    [Fact]
    public async Task Output_without_line_ends_and_with_broken_text_does_not_stop_a_build()
    {
        Write("Dockerfile", $"FROM busybox:1\nRUN : {_tag}; head -c 300000 /dev/zero | tr '\\0' x; printf '\\200\\377'\n");

        await BuildAsync(Spec() with { NoCache = true });

        _lines.Count(l => l.Contains("xxxx", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task An_inline_dockerfile_takes_the_place_of_a_file()
    {
        Write("cargo", "tea");

        var outcome = await BuildAsync(Spec() with { DockerfileInline = "FROM busybox:1\nCOPY cargo /cargo\nCMD cat /cargo\n" });

        (await RunAsync(outcome.ImageId)).ShouldBe(["tea"]);
    }

    private BuildSpec Spec() => new(_directory, _tag);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Task<BuildOutcome> BuildAsync(BuildSpec spec) => _driver.BuildImageAsync(
        spec,
        (line, _) =>
        {
            _lines.Add(line.Text);
            return ValueTask.CompletedTask;
        },
        Ct);

    private async Task<List<string>> RunAsync(string image)
    {
        var lines = new List<string>();
        var outcome = await _driver.RunToEndAsync(
            new(_bed.Name("run"), _bed.Owner, image),
            (line, _) =>
            {
                lines.Add(line.Text);
                return ValueTask.CompletedTask;
            },
            Ct);
        outcome.ExitCode.ShouldBe(0);
        return lines;
    }

    private static async Task NoProcessAsync(string mark)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (Directory.EnumerateDirectories("/proc").Any(p => CommandLine(p) == $"sleep\0{mark}\0"))
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(15), "the step still runs");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
