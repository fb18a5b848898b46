using Davit.Contracts.AsyncApi.Bindings;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks what protocols are told.</summary>
internal sealed class BindingWalk(FindingSink sink, MessageSchemaWalk schemas)
{
    /// <param name="level">What carries them, such as <c>channel</c>.</param>
    /// <param name="old">The bindings of the element and of its traits, that which wins first.</param>
    public void Compare(string level, Side side, IReadOnlyList<Node> old, IReadOnlyList<Node> @new, Place place)
    {
        foreach (var protocol in Names([.. old, .. @new]))
        {
            var (before, after) = (Layers(old, protocol), Layers(@new, protocol));
            if (before is [] || after is [] || Merged(before) is not { } was || Merged(after) is not { } now)
            {
                Judge(new BindingPair(level, protocol, "", before is [] ? default : before[0], after is [] ? default : after[0]), place);
                continue;
            }

            foreach (var key in was.Keys.Union(now.Keys, StringComparer.Ordinal))
                Setting(new BindingPair(level, protocol, key, was.GetValueOrDefault(key), now.GetValueOrDefault(key)), side, place);
        }
    }

    private void Setting(BindingPair pair, Side side, Place place)
    {
        if (pair is { IsKept: true, Differs: false })
            return;
        if (pair is { IsKept: true, Old.IsObject: true, New.IsObject: true } && Protocols.IsSchema(pair.Level, pair.Protocol, pair.Key))
        {
            schemas.Setting(pair, side, place);
            return;
        }

        if (pair is { Old.IsObject: true, New.IsObject: true })
        {
            foreach (var member in Names([pair.Old, pair.New]))
                Judge(pair with { Told = $"{pair.Told}.{member}", Key = $"{pair.Key}.{member}", Old = pair.Old[member], New = pair.New[member] }, place);
            return;
        }

        Judge(pair, place);
    }

    private void Judge(BindingPair pair, Place place) => sink.Judge(AsyncApiRules.Bindings, pair, place, pair.Old, pair.New);

    private static List<Node> Layers(IReadOnlyList<Node> bindings, string protocol) => [.. bindings.Select(b => b[protocol]).Where(n => n.Exists)];

    /// <summary>The settings of a protocol; null where it is told something else than settings.</summary>
    private static Dictionary<string, Node>? Merged(List<Node> layers)
    {
        var settings = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (!layer.IsObject)
                return null;
            foreach (var setting in layer.Children)
                settings.TryAdd(setting.Name!, setting);
        }

        return settings;
    }

    private static IEnumerable<string> Names(IEnumerable<Node> nodes) => nodes.Where(n => n.IsObject)
        .SelectMany(n => n.Children.ToList()).Select(m => m.Name!).Where(n => !n.StartsWith("x-", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
}
