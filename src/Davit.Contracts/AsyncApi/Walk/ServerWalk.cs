using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks what messages go through.</summary>
internal sealed class ServerWalk(DocumentPair documents, FindingSink sink, BindingWalk bindings)
{
    public void Run()
    {
        foreach (var (old, @new) in Paired(documents.Old.Servers, documents.New.Servers))
        {
            var place = Place.Document.In($"server '{(old ?? @new)!.Name}'");
            if (old is not null && @new is not null)
                Compare(old, @new, place);
            else
                sink.Judge(AsyncApiRules.Servers, new ServerPartPair(ServerPart.Whole, $"server {(old ?? @new)!.Address}", old?.Site ?? default, @new?.Site ?? default, documents.New.Servers is []), place, old?.Site ?? default, @new?.Site ?? default);
        }
    }

    /// <summary>By name; a server that is only called otherwise is known by its address.</summary>
    private static List<(AsyncServer? Old, AsyncServer? New)> Paired(IReadOnlyList<AsyncServer> old, IReadOnlyList<AsyncServer> @new)
    {
        var (pairs, taken) = (new List<(AsyncServer? Old, AsyncServer? New)>(), new HashSet<AsyncServer>());
        var (byName, byAddress) = (new Waiting<AsyncServer>(taken), new Waiting<AsyncServer>(taken));
        var names = old.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var now in @new)
        {
            byName.Add(now.Name, now);
            if (!names.Contains(now.Name))
                byAddress.Add(now.Address, now);
        }

        pairs.AddRange(old.Select(was => ((AsyncServer?)was, byName.Take(was.Name) ?? byAddress.Take(was.Address))));
        pairs.AddRange(@new.Where(n => !taken.Contains(n)).Select(n => ((AsyncServer?)null, (AsyncServer?)n)));
        return pairs;
    }

    private void Compare(AsyncServer old, AsyncServer @new, Place place)
    {
        if (old.Address != @new.Address)
            sink.Judge(AsyncApiRules.Servers, new ServerPartPair(ServerPart.Address, $"{@new.Address} now, not {old.Address}", old.AddressNode, @new.AddressNode), place, old.AddressNode, @new.AddressNode);
        foreach (var (member, told) in ((string, string)[])[("protocol", "the protocol"), ("protocolVersion", "the version of the protocol")])
            Judge(AsyncApiRules.ServerProtocols, told, old.Node[member], @new.Node[member], place);
        var (before, after) = (old.Variables.ToDictionary(v => v.Name, v => v.Node, StringComparer.Ordinal), @new.Variables.ToDictionary(v => v.Name, v => v.Node, StringComparer.Ordinal));
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
            Variable($"the variable '{name}'", before.GetValueOrDefault(name), after.GetValueOrDefault(name), place);
        sink.Judge(AsyncApiRules.ServerSecurity, SecurityPair.Of(old.Security, @new.Security), place, old.Node["security"], @new.Node["security"]);
        bindings.Compare("server", Side.Neither, [old.Bindings], [@new.Bindings], place);
    }

    private void Variable(string told, Node old, Node @new, Place place)
    {
        if (!old.Exists || !@new.Exists)
        {
            Part(ServerPart.Variable, told, old, @new, place);
            return;
        }

        Judge(AsyncApiRules.ServerVariableDefaults, told, old["default"], @new["default"], place);
        var (before, after) = (old["enum"], @new["enum"]);
        if (before.Exists != after.Exists)
        {
            Part(ServerPart.VariableValues, told, before, after, place);
            return;
        }

        foreach (var gone in before.Children.ToList().ExceptBy(after.Children.ToList().Select(Fingerprint.Canonical), Fingerprint.Canonical, StringComparer.Ordinal))
            Part(ServerPart.VariableValue, $"the value {gone.Scalar} of {told}", gone, default, place);
        foreach (var added in after.Children.ToList().ExceptBy(before.Children.ToList().Select(Fingerprint.Canonical), Fingerprint.Canonical, StringComparer.Ordinal))
            Part(ServerPart.VariableValue, $"the value {added.Scalar} of {told}", default, added, place);
    }

    private void Part(ServerPart part, string told, Node old, Node @new, Place place) => sink.Judge(AsyncApiRules.Servers, new ServerPartPair(part, told, old, @new), place, old, @new);

    private void Judge(System.Collections.Immutable.ImmutableArray<Davit.Contracts.Rules.Rule<ValuePair>> rules, string told, Node old, Node @new, Place place)
    {
        if (old.Exists || @new.Exists)
            sink.Judge(rules, new ValuePair(told, old, @new), place, old, @new);
    }
}
