using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Networks;

/// <summary>Networks of ours.</summary>
internal sealed class NetworkStore(EngineClient engine, InstanceReader instances)
{
    public async Task<NetworkSight> EnsureAsync(NetworkSpec spec, CancellationToken ct)
    {
        if (await FindAsync(spec.Name, ct) is { } found)
            return Adopt(spec, found);

        try
        {
            await CreateAsync(spec, ct);
        }
        catch (EngineException refused) when (refused.Status is not HttpStatusCode.Conflict)
        {
            throw EngineAnswers.ForNetwork(spec.Name, refused);
        }
        catch (EngineException)
        {
            // Somebody else was faster; what is there now decides.
        }

        return await FindAsync(spec.Name, ct) is { } made
            ? Adopt(spec, made)
            : throw new ProblemException(DriverProblems.NetworkFailed(spec.Name, "it vanished right after it was made"));
    }

    public async Task<ImmutableArray<NetworkSight>> ListAsync(OwnershipScope scope, CancellationToken ct) =>
        [.. (await engine.ReadAsync(EngineCall.Get("/networks", ("filters", InstanceReader.Filter(scope))), EngineJson.Default.NetworkReplyArray, ct)).Select(Look).OfType<NetworkSight>()];

    public async Task RemoveAsync(string name, CancellationToken ct)
    {
        if (await FindAsync(name, ct) is not { } found || !instances.IsOurs(found.Labels ?? []))
            return;

        try
        {
            await engine.RunAsync(EngineCall.Delete($"/networks/{found.Id}"), ct);
        }
        catch (EngineException gone) when (gone.Status is HttpStatusCode.NotFound)
        {
        }
        catch (EngineException refused)
        {
            throw EngineAnswers.ForNetwork(name, refused);
        }
    }

    internal static NetworkCreate ToMessage(NetworkSpec spec) => new(spec.Name)
    {
        Driver = spec.Driver ?? "bridge",
        Internal = spec.Internal ? true : null,
        EnableIPv6 = spec.Ipv6 ? true : null,
        Attachable = spec.Attachable ? true : null,
        IPAM = Addresses(spec),
        Options = Lists.OrNull(spec.Options),
        Labels = Lists.OrNull(spec.Labels.With(spec.Owner.ToLabels())),
    };

    /// <summary>Where the author leaves the addresses to us, half of a block is for <see cref="FixedAddresses"/>.</summary>
    private async Task CreateAsync(NetworkSpec spec, CancellationToken ct)
    {
        var wanted = ToMessage(spec);
        if (!LeavesAddressesToUs(spec))
        {
            await PostAsync(wanted, ct);
            return;
        }

        var facts = await engine.ReadAsync(EngineCall.Get("/info"), EngineJson.Default.EngineFacts, ct);
        var taken = (await engine.ReadAsync(EngineCall.Get("/networks"), EngineJson.Default.NetworkReplyArray, ct)).SelectMany(Subnets);
        foreach (var block in AddressBlocks.Free(spec.Name, facts.DefaultAddressPools, taken))
        {
            try
            {
                await PostAsync(In(block, wanted), ct);
                return;
            }
            catch (EngineException e) when (EngineMessages.Read(e.Answer) is Refusal.AddressesTaken)
            {
                // Somebody took it meanwhile: the engine refuses what overlaps, so two that choose at once cannot get the same.
            }
        }

        await PostAsync(wanted, ct);
    }

    private static bool LeavesAddressesToUs(NetworkSpec spec) =>
        spec.Driver is null or "bridge" && spec.AddressDriver is null && spec.AddressOptions.IsEmpty && spec.Pools.IsEmpty;

    private static NetworkCreate In(IPNetwork block, NetworkCreate wanted)
    {
        var (engines, ours) = FixedAddresses.Split(block);
        return wanted with
        {
            IPAM = new() { Config = [new() { Subnet = block.ToString(), IPRange = engines.ToString() }, .. wanted.IPAM?.Config ?? []] },
            Labels = new(wanted.Labels!, StringComparer.Ordinal) { [FixedAddresses.Label] = ours.ToString() },
        };
    }

    private Task PostAsync(NetworkCreate wanted, CancellationToken ct) =>
        engine.RunAsync(EngineCall.Post("/networks/create").WithJson(wanted, EngineJson.Default.NetworkCreate), ct);

    private static IpamSetting? Addresses(NetworkSpec spec)
    {
        IReadOnlyList<IpamBlock> blocks = [.. spec.Pools.Select(Block), .. NeedsBlock(spec) ? [new IpamBlock { Subnet = UniqueLocal(spec.Name) }] : Array.Empty<IpamBlock>()];
        return blocks.Count is 0 && spec.AddressDriver is null && spec.AddressOptions.IsEmpty
            ? null
            : new() { Driver = spec.AddressDriver, Config = Lists.OrNull(blocks), Options = Lists.OrNull(spec.AddressOptions) };
    }

    private static IpamBlock Block(AddressPool pool) =>
        new() { Subnet = pool.Subnet, Gateway = pool.Gateway, IPRange = pool.Range, AuxiliaryAddresses = Lists.OrNull(pool.Reserved) };

    /// <summary>Engines before 27 give out no IPv6 blocks by themselves, so one comes from the name.</summary>
    private static bool NeedsBlock(NetworkSpec spec) => spec.Ipv6 && !spec.Pools.Any(p => p.Subnet?.Contains(':', StringComparison.Ordinal) is true);

    /// <summary>A /64 of RFC 4193 (fd00::/8) whose other bits are a hash of the name.</summary>
    private static string UniqueLocal(string name)
    {
        var bytes = new byte[16];
        SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 7).CopyTo(bytes.AsSpan(1));
        bytes[0] = 0xfd;
        return $"{new IPAddress(bytes)}/64";
    }

    private NetworkSight Adopt(NetworkSpec spec, NetworkReply found) => instances.IsOurs(found.Labels ?? []) && Look(found) is { } sight
        ? sight
        : throw new ProblemException(DriverProblems.NameTaken(spec.Name, "does not belong to this installation"));

    private static NetworkSight? Look(NetworkReply found) => Ownership.FromLabels(found.Labels ?? []) is not { } owner ? null : new(found.Name, found.Id, owner)
    {
        Internal = found.Internal,
        CreatedAt = found.Created,
        Subnets = [.. Subnets(found)],
    };

    private static IEnumerable<string> Subnets(NetworkReply found) => (found.IPAM?.Config ?? []).Select(b => b.Subnet).OfType<string>();

    /// <summary>By exact name: looking it up directly would also find ids that begin with it.</summary>
    private async Task<NetworkReply?> FindAsync(string name, CancellationToken ct)
    {
        var filter = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["name"] = [name] }, EngineJson.Default.Filters);
        var found = await engine.ReadAsync(EngineCall.Get("/networks", ("filters", filter)), EngineJson.Default.NetworkReplyArray, ct);
        return found.FirstOrDefault(n => n.Name == name);
    }
}
