using System.Collections.Immutable;
using System.Net;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Volumes;

/// <summary>Volumes of ours.</summary>
internal sealed class VolumeStore(EngineClient engine, InstanceReader instances)
{
    /// <summary>The engine answers a second creation with the volume that is there, whoever made it, so it is looked for first.</summary>
    public async Task<VolumeSight> EnsureAsync(VolumeSpec spec, CancellationToken ct)
    {
        if (await FindAsync(spec.Name, ct) is { } found)
            return Adopt(spec, found);

        try
        {
            var body = new VolumeCreate(spec.Name)
            {
                Driver = spec.Driver,
                DriverOpts = Lists.OrNull(spec.Options),
                Labels = Lists.OrNull(spec.Labels.With(spec.Owner.ToLabels())),
            };
            return Adopt(spec, await engine.ReadAsync(EngineCall.Post("/volumes/create").WithJson(body, EngineJson.Default.VolumeCreate), EngineJson.Default.VolumeReply, ct));
        }
        catch (EngineException refused)
        {
            throw EngineAnswers.ForVolume(spec.Name, refused);
        }
    }

    public async Task<ImmutableArray<VolumeSight>> ListAsync(OwnershipScope scope, CancellationToken ct)
    {
        var reply = await engine.ReadAsync(EngineCall.Get("/volumes", ("filters", InstanceReader.Filter(scope))), EngineJson.Default.VolumesReply, ct);
        return [.. (reply.Volumes ?? []).Select(Look).OfType<VolumeSight>().OrderBy(v => v.Name, StringComparer.Ordinal)];
    }

    public async Task RemoveAsync(string name, CancellationToken ct)
    {
        if (await FindAsync(name, ct) is not { } found || !instances.IsOurs(found.Labels ?? []))
            return;

        try
        {
            await engine.RunAsync(EngineCall.Delete($"/volumes/{EngineCall.Escape(name)}"), ct);
        }
        catch (EngineException gone) when (gone.Status is HttpStatusCode.NotFound)
        {
        }
        catch (EngineException refused)
        {
            throw EngineAnswers.ForVolume(name, refused);
        }
    }

    private VolumeSight Adopt(VolumeSpec spec, VolumeReply found) => instances.IsOurs(found.Labels ?? []) && Look(found) is { } sight
        ? sight
        : throw new ProblemException(DriverProblems.NameTaken(spec.Name, "does not belong to this installation"));

    private static VolumeSight? Look(VolumeReply found) => Ownership.FromLabels(found.Labels ?? []) is { } owner
        ? new(found.Name, owner) { Mountpoint = found.Mountpoint, CreatedAt = found.CreatedAt }
        : null;

    private async Task<VolumeReply?> FindAsync(string name, CancellationToken ct)
    {
        try
        {
            return await engine.ReadAsync(EngineCall.Get($"/volumes/{EngineCall.Escape(name)}"), EngineJson.Default.VolumeReply, ct);
        }
        catch (EngineException missing) when (missing.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
