using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Networks;

/// <summary>
/// Gives instances addresses that stay theirs. Of itself an engine that starts again hands out addresses in any order, and
/// the edge, which serves from its table before davitd has looked, would find another instance under a known address. So
/// the networks of ours leave the upper half of their block to this class, and the engine chooses from the lower one.
/// </summary>
internal sealed class FixedAddresses(EngineClient engine)
{
    /// <summary>On networks: the addresses that are given out here, in CIDR notation.</summary>
    public const string Label = "davit.fixed-addresses";

    /// <summary>Longer than a container that was asked for takes to be seen in the engine.</summary>
    private static readonly TimeSpan Promise = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(string Network, uint Address), DateTimeOffset> _promised = new();

    /// <summary>The lower and the upper half of a block.</summary>
    public static (IPNetwork Engines, IPNetwork Ours) Split(IPNetwork block)
    {
        var half = block.PrefixLength + 1;
        var first = Ipv4.ToNumber(block.BaseAddress);
        return (Ipv4.Network(first, half), Ipv4.Network(first + (1u << (32 - half)), half));
    }

    /// <summary>The networks that an instance is about to be made in, with its addresses; those that leave none to us are as they were.</summary>
    public async Task<EquatableList<NetworkAttachment>> ChooseAsync(string instance, EquatableList<NetworkAttachment> attachments, CancellationToken ct)
    {
        if (attachments.Items.All(a => a.Ipv4 is not null))
            return attachments;

        var networks = await engine.ReadAsync(EngineCall.Get("/networks", ("filters", Filter("label", Label))), EngineJson.Default.NetworkReplyArray, ct);
        var blocks = networks.ToLookup(n => n.Name, n => n.Labels?.GetValueOrDefault(Label), StringComparer.Ordinal);
        var chosen = new List<NetworkAttachment>();
        foreach (var attachment in attachments)
            chosen.Add(attachment.Ipv4 is null && IPNetwork.TryParse(blocks[attachment.Network].FirstOrDefault(), out var block)
                ? attachment with { Ipv4 = await FreeAsync(instance, attachment.Network, block, ct) }
                : attachment);
        return [.. chosen];
    }

    /// <summary>Null when there is none left: then the engine gives one of its half.</summary>
    private async Task<string?> FreeAsync(string instance, string network, IPNetwork block, CancellationToken ct)
    {
        var taken = await TakenAsync(network, ct);
        var now = engine.Clock.GetUtcNow();
        return Candidates(instance, block)
            .Where(a => !taken.Contains(a) && IsPromised(network, a, now))
            .Select(a => Ipv4.FromNumber(a).ToString())
            .FirstOrDefault();
    }

    /// <summary>Nobody else gets it meanwhile; whoever looks after that sees the container.</summary>
    private bool IsPromised(string network, uint address, DateTimeOffset now) =>
        _promised.AddOrUpdate((network, address), now, (_, at) => at.Add(Promise) < now ? now : at) == now;

    /// <summary>Of every container that has or will get one there, running or not, whoever made it.</summary>
    private async Task<HashSet<uint>> TakenAsync(string network, CancellationToken ct)
    {
        var call = EngineCall.Get("/containers/json", ("all", "1"), ("filters", Filter("network", network)));
        var members = await engine.ReadAsync(call, EngineJson.Default.ContainerListedArray, ct);
        return [.. members.Select(m => m.NetworkSettings?.Networks?.GetValueOrDefault(network))
            .SelectMany(e => new[] { e?.IPAddress, e?.IPAMConfig?.IPv4Address })
            .Where(a => !string.IsNullOrEmpty(a))
            .Select(a => Ipv4.ToNumber(IPAddress.Parse(a!)))];
    }

    /// <summary>All of the block but its last, which is the broadcast address; the name decides where to begin, so that an address is seldom used again soon.</summary>
    private static IEnumerable<uint> Candidates(string name, IPNetwork block)
    {
        var count = (1u << (32 - block.PrefixLength)) - 1;
        var first = Ipv4.ToNumber(block.BaseAddress);
        var start = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % count;
        for (var i = 0u; i < count; i++)
            yield return first + ((start + i) % count);
    }

    private static string Filter(string key, string value) =>
        JsonSerializer.Serialize(new Dictionary<string, string[]>(StringComparer.Ordinal) { [key] = [value] }, EngineJson.Default.Filters);
}
