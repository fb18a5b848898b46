using System.Diagnostics;
using Davit.Testing;

namespace Davit.Drivers.Docker.Tests.Scripts;

/// <summary>What the check of a machine says, on machines made of a handful of commands.</summary>
public sealed class PrerequisitesTests : IDisposable
{
    private static readonly string[] Usual = ["bash", "cat", "cut", "env", "grep", "head", "mkdir", "sed", "sleep", "sort", "tail", "tee", "timeout", "true"];

    private readonly string _bin = Directory.CreateTempSubdirectory("davit-bin").FullName;

    public PrerequisitesTests()
    {
        foreach (var tool in Usual)
            File.CreateSymbolicLink(Path.Combine(_bin, tool), new[] { "/usr/bin", "/bin" }.Select(d => Path.Combine(d, tool)).First(File.Exists));
        Command("git", "echo git version 2.39");
        Command("dotnet", "echo '10.0.100 [/usr/share/dotnet/sdk]'");
        Command("docker", "echo 27.1.0");
        Command("node", "echo v20.20.2");
        Command("npm", "echo 10.8.2");
        Person("0", "root");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_bin, recursive: true);

    [Fact]
    public async Task A_machine_that_has_everything_passes()
    {
        var (exit, said) = await RunAsync();

        exit.ShouldBe(0, said);
        said.ShouldContain("Docker 27.1.0");
        said.ShouldContain("git version 2.39");
        said.ShouldContain(".NET SDK 10.0.100");
    }

    [Theory]
    [InlineData("19.03.15")]
    [InlineData("1.13.1")]
    [InlineData("20.9.9")]
    public async Task An_engine_that_is_too_old_is_named_with_its_version(string version)
    {
        Command("docker", $"echo {version}");

        var (exit, said) = await RunAsync();

        exit.ShouldBe(2, said);
        said.ShouldContain($"from {version} to 20.10");
    }

    [Theory]
    [InlineData("20.10.24+dfsg1")]
    [InlineData("29.0.0-rc.1")]
    public async Task An_engine_of_a_distribution_or_before_a_release_is_read(string version)
    {
        Command("docker", $"echo {version}");

        (await RunAsync()).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_without_root_and_sudo_gets_the_exact_command_and_nothing_is_installed()
    {
        Person("1000", "sam");
        File.Delete(Path.Combine(_bin, "git"));
        Command("sudo", "exit 1");
        Command("apt-get", "echo installed >&2; exit 3");

        var (exit, said) = await RunAsync();

        exit.ShouldBe(2, said);
        said.ShouldContain("\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends git\n");
        said.ShouldNotContain("installed");
    }

    [Theory]
    [InlineData("0", "root")]
    [InlineData("1000", "sam")]
    public async Task Root_and_whoever_may_use_sudo_get_what_is_missing_installed(string id, string name)
    {
        Person(id, name);
        File.Delete(Path.Combine(_bin, "git"));
        Command("sudo", "shift; \"$@\"");
        Command("apt-get", $"[ \"$1\" = update ] && exit 100; printf '#!/bin/bash\\necho git version 3\\n' > {_bin}/git; /bin/chmod +x {_bin}/git");

        var (exit, said) = await RunAsync();

        exit.ShouldBe(0, said);
        said.ShouldContain("git version 3");
    }

    [Fact]
    public async Task A_check_installs_nothing_even_for_root()
    {
        File.Delete(Path.Combine(_bin, "git"));
        Command("dnf", "echo installed >&2");

        var (exit, said) = await RunAsync("--check");

        exit.ShouldBe(2, said);
        said.ShouldContain("\n  dnf install -y git\n");
        said.ShouldNotContain("installed");
    }

    [Fact]
    public async Task A_system_with_an_unknown_package_tool_is_told_what_is_missing()
    {
        File.Delete(Path.Combine(_bin, "git"));

        var (exit, said) = await RunAsync();

        exit.ShouldBe(2, said);
        said.ShouldContain("install 'git' with this system's package tool");
    }

    [Fact]
    public async Task An_installation_that_fails_is_reported_with_its_command()
    {
        File.Delete(Path.Combine(_bin, "git"));
        Command("apk", "exit 1");

        var (exit, said) = await RunAsync();

        exit.ShouldBe(2, said);
        said.ShouldContain("\n  apk add git\n");
    }

    [Fact]
    public async Task An_engine_elsewhere_that_is_silent_is_not_replaced_by_one_here()
    {
        Command("docker", "exit 1");

        var (exit, said) = await RunAsync(("DOCKER_HOST", "tcp://192.0.2.1:2376"));

        exit.ShouldBe(2, said);
        said.ShouldContain("tcp://192.0.2.1:2376");
    }

    [Fact]
    public async Task An_option_it_does_not_know_prints_how_it_is_used() => (await RunAsync("--nope")).Exit.ShouldBe(64);

    private void Person(string id, string name) => Command("id", $"case \"$1\" in -u) echo {id} ;; *) echo {name} ;; esac");

    private void Command(string name, string script)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("the scripts are for bash");
        var path = Path.Combine(_bin, name);
        File.Delete(path);
        File.WriteAllText(path, $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Task<(int Exit, string Said)> RunAsync(params string[] arguments) => RunAsync(("LC_ALL", "C"), arguments);

    private async Task<(int Exit, string Said)> RunAsync((string Name, string Value) variable, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(Repository.Root, "eng/prerequisites"), .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = _bin;
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, output + await errors);
    }
}
