using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Docker.Builds;

namespace Davit.Drivers.Docker.Tests.Builds;

public sealed class BuildTraceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Steps_and_output_are_read_and_unknown_fields_passed_over()
    {
        byte[] message =
        [
            .. Field(1, [.. Field(1, "sha256:a"u8), .. Field(2, "sha256:input"u8), .. Field(3, "[1/2] RUN x"u8), .. Number(4, 0), .. Field(5, [8, 1]), .. Field(6, [8, 2]), .. Field(7, "it failed"u8), .. Field(8, "later"u8)]),
            .. Field(2, "a status"u8),
            .. Field(3, [.. Field(1, "sha256:a"u8), .. Field(2, [8, 1]), .. Number(3, 2), .. Field(4, [0xff, 0x0a])]),
        ];

        var entries = BuildTrace.Read(message).ToList();

        entries[0].ShouldBe(new BuildTraceEntry.Step("sha256:a", "[1/2] RUN x", StepPhase.Failed, "it failed"));
        var output = entries[1].ShouldBeOfType<BuildTraceEntry.Output>();
        (output.Id, output.Channel).ShouldBe(("sha256:a", OutputChannel.Stderr));
        output.Bytes.ShouldBe([0xff, 0x0a]);
        entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task No_bytes_whatsoever_break_the_reader()
    {
        var transcript = new BuildTranscript((_, _) => ValueTask.CompletedTask, TimeProvider.System);
        for (var seed = 0; seed < 20_000; seed++)
        {
            var noise = SHA256.HashData(Encoding.ASCII.GetBytes(seed.ToString(CultureInfo.InvariantCulture)));
            var message = seed % 2 is 0 ? noise : (byte[])[.. Field(seed % 4 is 1 ? 1 : 3, noise), .. noise];
            foreach (var entry in BuildTrace.Read(message))
                await transcript.AddAsync(entry, Ct);
        }

        await transcript.EndAsync(Ct);
    }

    [Fact]
    public void A_length_beyond_the_message_ends_the_walk()
    {
        BuildTrace.Read([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00]).ShouldBeEmpty();
        BuildTrace.Read([0x80]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_another_failure_cancelled_is_not_the_cause()
    {
        var transcript = new BuildTranscript((_, _) => ValueTask.CompletedTask, TimeProvider.System);
        foreach (var entry in new BuildTraceEntry[]
                 {
                     new BuildTraceEntry.Step("a", "[a 1/1] RUN sleep", StepPhase.Running, ""),
                     new BuildTraceEntry.Step("b", "[b 1/1] RUN false", StepPhase.Running, ""),
                     new BuildTraceEntry.Output("b", OutputChannel.Stdout, "the reef\n"u8.ToArray()),
                     new BuildTraceEntry.Step("a", "[a 1/1] RUN sleep", StepPhase.Failed, "context canceled"),
                     new BuildTraceEntry.Step("b", "[b 1/1] RUN false", StepPhase.Failed, "exit code: 1"),
                 })
            await transcript.AddAsync(entry, Ct);

        (transcript.CurrentStep, transcript.Error, transcript.LastLines).ShouldBe(("[b 1/1] RUN false", "exit code: 1", "the reef"));
    }

    [Fact]
    public void The_command_line_holds_paths_of_secrets_and_never_their_values()
    {
        var arguments = CommandBuild.Arguments(
            new("/src", "shop:1")
            {
                Target = "final", Arguments = Planning.Instances.EquatableMap.Of(("A", "b c; rm -rf /")), NoCache = true,
                Secrets = [new("token", "hunter2"u8.ToArray()), new("key", "hunter3"u8.ToArray())],
            },
            "/private").ToList();

        arguments.ShouldBe([
            "build", "--progress=plain", "--tag=shop:1", "--file=/src/Dockerfile", "--target=final", "--no-cache", "--build-arg=A=b c; rm -rf /",
            "--secret=id=token,src=/private/0", "--secret=id=key,src=/private/1", "--", "/src",
        ]);
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];

    private static byte[] Number(int number, byte value) => [(byte)(number << 3), value];
}
