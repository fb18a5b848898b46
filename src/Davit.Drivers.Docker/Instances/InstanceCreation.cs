using System.Net;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Files;
using Davit.Drivers.Docker.Hooks;
using Davit.Drivers.Docker.Networks;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>
/// Makes containers. Every part can be repeated: a container that was made but not finished when a process died is
/// finished by the next call.
/// </summary>
internal sealed class InstanceCreation(EngineClient engine, InstanceReader reader, FileDelivery files, FixedAddresses addresses, DockerDriverOptions options)
{
    /// <param name="spec">What is wanted.</param>
    /// <param name="prepared">Takes the place of the spec's image; null is the image itself.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<InstanceSight> CreateAsync(InstanceSpec spec, PreparedImage? prepared, CancellationToken ct)
    {
        var api = (await engine.AgreeAsync(ct)).Api;
        RefuseWhatTheEngineCannot(spec, api);
        return await reader.FindAsync(spec.Name, ct) is { } found
            ? await AdoptAsync(spec, found, ct)
            : await MakeAsync(spec, prepared, api, ct);
    }

    private async Task<InstanceSight> MakeAsync(InstanceSpec spec, PreparedImage? prepared, ApiVersion api, CancellationToken ct)
    {
        var delivered = Prepare(spec);
        var first = await addresses.ChooseAsync(spec.Name, [.. Joined(spec).Items.Take(1)], ct);
        var body = CreateBody.Of(spec, new(api, delivered, DefaultLog()) { Prepared = prepared, First = first.Items.FirstOrDefault() });
        var call = EngineCall.Post("/containers/create", ("name", spec.Name), ("platform", spec.Platform)) with { Timeout = TimeSpan.FromMinutes(2) };
        try
        {
            await engine.RunAsync(call.WithJson(body, EngineJson.Default.ContainerCreate), ct);
        }
        catch (EngineException taken) when (taken.Status is HttpStatusCode.Conflict && !ct.IsCancellationRequested)
        {
            return await AppearsAsync(spec.Name, ct) is { } other
                ? await AdoptAsync(spec, other, ct)
                : throw EngineAnswers.ForInstance(spec.Name, spec.Image, taken);
        }
        catch (EngineException refused)
        {
            files.Forget(spec.Name);
            throw EngineAnswers.ForInstance(spec.Name, spec.Image, refused);
        }

        return await FinishAsync(spec, ct);
    }

    /// <summary>Nothing of a secret stays behind when another one cannot be delivered.</summary>
    private IReadOnlyList<DeliveredFile> Prepare(InstanceSpec spec)
    {
        try
        {
            return files.Prepare(spec);
        }
        catch (ProblemException)
        {
            files.Forget(spec.Name);
            throw;
        }
    }

    /// <summary>The engine reserves a name before the container of another call can be seen.</summary>
    private async Task<ContainerInspect?> AppearsAsync(string name, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), engine.Clock);
        while (!limit.IsCancellationRequested)
        {
            if (await reader.FindAsync(name, ct) is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(20), engine.Clock, ct);
        }

        return null;
    }

    private async Task<InstanceSight> AdoptAsync(InstanceSpec spec, ContainerInspect found, CancellationToken ct)
    {
        var sight = reader.IsOurs(found.Labels) ? InstanceReader.Look(found) : null;
        if (sight is null)
            throw new ProblemException(DriverProblems.NameTaken(spec.Name, "does not belong to this installation"));
        if (!sight.Owner.IsSameObject(spec.Owner) || sight.SpecHash != spec.SpecHash)
            throw new ProblemException(DriverProblems.NameTaken(spec.Name, "was made from another spec"));
        if (sight.State.IsRunning)
            return sight;

        files.Prepare(spec);
        return await FinishAsync(spec, ct);
    }

    /// <summary>Files and further networks, before anything runs.</summary>
    private async Task<InstanceSight> FinishAsync(InstanceSpec spec, CancellationToken ct)
    {
        var made = await reader.GetOwnAsync(spec.Name, ct);
        try
        {
            await files.DeliverAsync(spec, made, ct);
            var joined = made.NetworkSettings?.Networks ?? [];
            foreach (var attachment in await addresses.ChooseAsync(spec.Name, [.. Joined(spec).Items.Where(n => !joined.ContainsKey(n.Network))], ct))
            {
                var connect = EngineCall.Post($"/networks/{EngineCall.Escape(attachment.Network)}/connect")
                    .WithJson(new(made.Id, CreateBody.Endpoint(attachment, attachment.MacAddress)), EngineJson.Default.NetworkConnect);
                await engine.RunAsync(connect, ct);
            }
        }
        catch (EngineException refused)
        {
            throw refused.Call.Path.StartsWith("/networks", StringComparison.Ordinal)
                ? EngineAnswers.ForNetwork(spec.Name, refused)
                : EngineAnswers.ForInstance(spec.Name, spec.Image, refused);
        }

        return InstanceReader.Look(await reader.GetOwnAsync(spec.Name, ct))!;
    }

    /// <summary>With a mode there are no networks of its own.</summary>
    private static EquatableList<NetworkAttachment> Joined(InstanceSpec spec) => spec.Connectivity.Mode is null ? spec.Connectivity.Networks : [];

    private LogSetting DefaultLog() => new("json-file", new(StringComparer.Ordinal)
    {
        ["max-size"] = options.LogFileSize,
        ["max-file"] = options.LogFiles.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });

    private static void RefuseWhatTheEngineCannot(InstanceSpec spec, ApiVersion api)
    {
        if (api < new ApiVersion(1, 45) && spec.Mounts.Items.OfType<MountSpec.Volume>().Any(v => v.Subpath is not null))
            throw new ProblemException(DriverProblems.DriverCannot("docker", "volumes.volume.subpath", "Upgrade the engine to version 26 or newer, or mount the whole volume."));
        if (api < new ApiVersion(1, 43) && !spec.Annotations.IsEmpty)
            throw new ProblemException(DriverProblems.DriverCannot("docker", "annotations", "Upgrade the engine to version 24 or newer, or use labels."));
        if (api < CreateBody.MacPerNetwork && spec.Connectivity.Networks.Skip(1).Any(n => n.MacAddress is not null))
            throw new ProblemException(DriverProblems.DriverCannot("docker", "networks.mac_address on more than one network", "Upgrade the engine to version 25 or newer, or give one network a mac_address."));
        if (api < new ApiVersion(1, 44) && spec.Mounts.Items.OfType<MountSpec.Bind>().Any(b => b.Recursive is "writable" or "readonly"))
            throw new ProblemException(DriverProblems.DriverCannot("docker", "volumes.bind.recursive", "Upgrade the engine to version 25 or newer, or write 'enabled' or 'disabled'."));
    }
}
