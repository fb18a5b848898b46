using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Images;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Hooks;

/// <summary>
/// Makes instances whose author wants something done in their file system first. Each command runs to its end in a container of
/// its own, on what the one before left; the result is kept as an image that only this instance uses and that goes with it.
/// A container of the instance's name therefore exists only when all of them have passed, and a repeat after a crash begins anew.
/// </summary>
internal sealed class PreparedCreation(EngineClient engine, InstanceReader reader, ImageStore images, InstanceCreation creation, OneOffRun runs, InstanceLifecycle lifecycle)
{
    public async Task<InstanceSight> CreateAsync(InstanceSpec spec, CancellationToken ct)
    {
        if (spec.Hooks is not { Prestart.IsEmpty: false } hooks || await reader.FindAsync(spec.Name, ct) is not null)
            return await creation.CreateAsync(spec, null, ct);

        var original = await images.FindAsync(spec.Image, ct) ?? throw new ProblemException(DriverProblems.ImageNotFound(spec.Image, "it is not in the engine's store"));
        var tag = PreparedImage.TagOf(spec.Name);
        var plain = spec with { Hooks = null, Health = null, Restart = RestartPolicy.Never, Connectivity = Quiet(spec.Connectivity) };
        try
        {
            await images.RemoveAsync(tag, ct);
            foreach (var (index, hook) in hooks.Prestart.Items.Index())
                await RunAsync(plain with { Image = index is 0 ? spec.Image : tag }, hook, index, ct);
            return await creation.CreateAsync(spec, new PreparedImage(tag, original.Config ?? new()), ct);
        }
        catch
        {
            await images.RemoveAsync(tag, CancellationToken.None);
            throw;
        }
    }

    private async Task RunAsync(InstanceSpec plain, HookSpec hook, int index, CancellationToken ct)
    {
        var name = $"{plain.Name}-prestart-{index}";
        var output = new LastLines();
        using var limit = new CancellationTokenSource(LifecycleHooks.Longest, engine.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await lifecycle.RemoveAsync(name, ct);
            var spec = plain with
            {
                Name = name,
                Owner = plain.Owner with { Instance = null, Run = Id.New<RunId>(engine.Clock) },
                Process = plain.Process with { Entrypoint = [], Command = hook.Command },
            };
            await runs.RunAsync(spec, CollectAsync, end => end.ExitCode is 0 ? KeepAsync(plain.Name, name, ct) : throw Failed($"it ended with {end.ExitCode}"), both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw Failed($"it did not end within {LifecycleHooks.Longest.TotalSeconds:0} s");
        }

        ProblemException Failed(string why) => new(DriverProblems.PrestartFailed(plain.Name, string.Join(' ', hook.Command), $"{why}\n{output}"));

        ValueTask CollectAsync(Drivers.Logs.LogLine line, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            output.Add(line.Text + "\n");
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Keeps what a command that passed left behind.</summary>
    private async Task KeepAsync(string instance, string container, CancellationToken ct)
    {
        var (repository, tag) = PreparedImage.Parts(PreparedImage.TagOf(instance));
        // The run's own label would be inherited by the instance.
        var call = EngineCall.Post("/commit", ("container", container), ("repo", repository), ("tag", tag), ("pause", "0")) with { Timeout = TimeSpan.FromMinutes(5) };
        await engine.RunAsync(call.WithJson(new() { Labels = new(StringComparer.Ordinal) { [OwnershipLabels.Run] = "" } }, EngineJson.Default.ContainerConfig), ct);
    }

    /// <summary>Nobody must find the preparation in the place of the service.</summary>
    private static ConnectivitySpec Quiet(ConnectivitySpec connectivity) => connectivity with
    {
        Ports = [],
        MacAddress = null,
        Networks = [.. connectivity.Networks.Select(n => n with { Aliases = [], Ipv4 = null, Ipv6 = null, MacAddress = null })],
    };
}

/// <summary>What the preparation left, and how the image it began with runs.</summary>
internal sealed record PreparedImage(string Tag, ContainerConfig Original)
{
    /// <summary>The image the spec named.</summary>
    public const string Label = "davit.image";

    private const string Repository = "davit-prestart";

    public static string TagOf(string instance) => $"{Repository}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instance)))[..32]}";

    public static (string Repository, string Tag) Parts(string tag) => (Repository, tag[(Repository.Length + 1)..]);

    /// <summary>The main process as if it ran from the image itself: what was committed has the last command of the preparation.</summary>
    public (IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Command) Main(ProcessSpec process) => (
        process.Entrypoint is { } entrypoint ? entrypoint.Items : Original.Entrypoint ?? [],
        process.Command is { } command ? command.Items : process.Entrypoint is { IsEmpty: false } ? null : Original.Cmd);
}
