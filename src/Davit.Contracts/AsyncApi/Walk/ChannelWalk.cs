using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks channels; what is done with them is walked apart.</summary>
internal sealed class ChannelWalk(DocumentPair documents, FindingSink sink, BindingWalk bindings, MessageSchemaWalk schemas)
{
    private readonly Dictionary<AsyncChannel, AsyncChannel> _partners = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string, AsyncAction> _actions = documents.Old.Operations.Concat(documents.New.Operations).Select(o => (o.Channel.Identity, o.Action)).Distinct().ToLookup(o => o.Identity, o => o.Action, StringComparer.Ordinal);

    /// <summary>The channel of the new description that each of the old one became.</summary>
    public IReadOnlyDictionary<AsyncChannel, AsyncChannel> Partners => _partners;

    public void Run()
    {
        foreach (var (old, @new) in Paired())
        {
            var place = new Place("", (old ?? @new)!.Told, "");
            if (old is not null && @new is not null)
                Compare(old, @new, place);
            else
                Part(ChannelPart.Whole, "", old?.Site ?? default, @new?.Site ?? default, place);
        }
    }

    /// <summary>By address, whatever its parameters are called, then by the name that version 3 gives.</summary>
    private List<(AsyncChannel? Old, AsyncChannel? New)> Paired()
    {
        var (pairs, taken, left) = (new List<(AsyncChannel? Old, AsyncChannel? New)>(), new HashSet<AsyncChannel>(ReferenceEqualityComparer.Instance), new List<AsyncChannel>());
        var (exact, byAddress, byIdentity, byKey) = (new Waiting<AsyncChannel>(taken), new Waiting<AsyncChannel>(taken), new Waiting<AsyncChannel>(taken), new Waiting<AsyncChannel>(taken));
        foreach (var now in documents.New.Channels)
        {
            exact.Add($"{now.Told}\0{now.Key}", now);
            byAddress.Add($"{now.Identity}\0{now.Told}", now);
            byIdentity.Add(now.Identity, now);
            byKey.Add(now.Key, now);
        }

        // Those that are called the same come first, so that none is taken by another.
        foreach (var (old, same) in documents.Old.Channels.Select(old => (old, exact.Take($"{old.Told}\0{old.Key}"))).ToList())
        {
            if ((same ?? byAddress.Take($"{old.Identity}\0{old.Told}") ?? byIdentity.Take(old.Identity)) is { } now)
                pairs.Add((old, now));
            else
                left.Add(old);
        }

        pairs.AddRange(left.Select(old => ((AsyncChannel?)old, old.Key is "" ? null : byKey.Take(old.Key))));
        pairs.AddRange(documents.New.Channels.Where(n => !taken.Contains(n)).Select(n => ((AsyncChannel?)null, (AsyncChannel?)n)));
        return pairs;
    }

    private void Compare(AsyncChannel old, AsyncChannel @new, Place place)
    {
        _partners[old] = @new;
        if (old.Identity != @new.Identity)
            Part(ChannelPart.Address, @new.Address ?? "an address that is not told", old.Node["address"], @new.Node["address"], place);
        Servers(old, @new, place);
        Parameters(old, @new, place);
        bindings.Compare("channel", SidesOf(old).First(), [old.Bindings], [@new.Bindings], place);
    }

    private void Servers(AsyncChannel old, AsyncChannel @new, Place place)
    {
        var (before, after) = (old.Node["servers"], @new.Node["servers"]);
        if (old.Servers is [] || @new.Servers is [])
        {
            if (old.Servers is not [] || @new.Servers is not [])
                Part(ChannelPart.Servers, string.Join(", ", old.Servers.Concat(@new.Servers)), old.Servers is [] ? default : before, @new.Servers is [] ? default : after, place);
            return;
        }

        foreach (var gone in old.Servers.Except(@new.Servers, StringComparer.Ordinal))
            Part(ChannelPart.Server, gone, before, default, place);
        foreach (var added in @new.Servers.Except(old.Servers, StringComparer.Ordinal))
            Part(ChannelPart.Server, added, default, after, place);
    }

    /// <summary>By name; where the address names them otherwise, by their place in it.</summary>
    private void Parameters(AsyncChannel old, AsyncChannel @new, Place place)
    {
        var after = @new.Parameters.ToDictionary(p => p.Name, p => p.Node, StringComparer.Ordinal);
        var renamed = Renamed(old, @new).DistinctBy(r => r.Old, StringComparer.Ordinal).ToDictionary(r => r.Old, r => r.New, StringComparer.Ordinal);
        var before = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var parameter in old.Parameters.OrderByDescending(p => renamed.ContainsKey(p.Name)))
            before.TryAdd(renamed.GetValueOrDefault(parameter.Name, parameter.Name), parameter.Node);
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            var at = place.In($"parameter '{name}'");
            if (was.Exists && now.Exists)
                Parameter(was, now, SidesOf(old), at);
            else
                sink.Judge(AsyncApiRules.ChannelParameters, new ValuePair($"the parameter '{name}'", was, now), at, was, now);
        }
    }

    private void Parameter(Node old, Node @new, IEnumerable<Side> sides, Place place)
    {
        if (old["location"].Exists || @new["location"].Exists)
            sink.Judge(AsyncApiRules.ChannelParameters, new ValuePair("where the parameter is told", old["location"], @new["location"]), place, old["location"], @new["location"]);
        // Version 3 has the list of values beside the parameter, where version 2 has a schema.
        var (before, after) = (old["schema"] is { Exists: true } was ? documents.Old.Resolve(was) : old, @new["schema"] is { Exists: true } now ? documents.New.Resolve(now) : @new);
        if (old["schema"].Exists != @new["schema"].Exists && NodeEquality.SameSet(before["enum"], after["enum"]))
            return;
        foreach (var side in sides)
            schemas.Parameter(before, after, side, place);
    }

    private static IEnumerable<(string Old, string New)> Renamed(AsyncChannel old, AsyncChannel @new) => old.Identity != @new.Identity || old.Address is null || @new.Address is null ? []
        : new OpenApi.Model.PathTemplate(old.Address).Variables.Zip(new OpenApi.Model.PathTemplate(@new.Address).Variables).Where(p => p.First != p.Second);

    /// <summary>Whoever sends to the channel fills in its address.</summary>
    private IEnumerable<Side> SidesOf(AsyncChannel channel) => _actions[channel.Identity].DefaultIfEmpty(AsyncAction.Receive).Select(a => documents.SideOf(a)).Distinct().Order();

    private void Part(ChannelPart part, string told, Node old, Node @new, Place place) =>
        sink.Judge(AsyncApiRules.Channels, new ChannelPartPair(part, told, old, @new), place, old, @new);
}
