using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Walks two services, their methods and how these are called over HTTP.</summary>
internal sealed class ServiceWalk(FindingSink sink)
{
    private readonly AnnotationWalk _annotations = new(sink);

    public void Walk(ServicePair pair)
    {
        var open = new Dictionary<string, ProtoMethod>(StringComparer.Ordinal);
        foreach (var method in pair.New.Methods)
            open.TryAdd(method.Name, method);
        foreach (var old in pair.Old.Methods.DistinctBy(m => m.Name, StringComparer.Ordinal))
        {
            open.Remove(old.Name, out var partner);
            Walk(new MethodPair(pair, old, partner));
        }

        foreach (var added in pair.New.Methods.Where(m => open.ContainsKey(m.Name)))
            sink.Judge(ProtobufRules.Additions, new AdditionPair(added));
    }

    private void Walk(MethodPair pair)
    {
        sink.Judge(ProtobufRules.Methods, pair);
        if (pair.New is not { } @new)
        {
            sink.Judge(ProtobufRules.Removals, new RemovalPair(pair.Old, pair.After, pair.Old.IsDeprecated));
            return;
        }

        _annotations.Walk(new ElementPair(pair.Old, @new));
        if (pair.Old.Options.Same(@new.Options))
            return;
        foreach (var (before, now) in Bindings(HttpBinding.Of(pair.Old), HttpBinding.Of(@new)))
            sink.Judge(ProtobufRules.Bindings, new BindingPair(pair, before, now));
    }

    /// <summary>What is called alike belongs together, then what has the same path, then the same verb, then what is left in turn.</summary>
    private static List<(HttpBinding? Old, HttpBinding? New)> Bindings(IReadOnlyList<HttpBinding> old, IReadOnlyList<HttpBinding> @new)
    {
        var pairs = new List<(HttpBinding? Old, HttpBinding? New)>();
        var (olds, news) = (old, @new);
        foreach (var key in (Func<HttpBinding, string>[])[b => $"{b.Verb} {b.Template}", b => b.Template, b => b.Verb, _ => ""])
            (olds, news) = Paired(olds, news, key, pairs);
        pairs.AddRange(olds.Select(o => ((HttpBinding?)o, (HttpBinding?)null)));
        pairs.AddRange(news.Select(n => ((HttpBinding?)null, (HttpBinding?)n)));
        return pairs;
    }

    /// <summary>What is left of both sides when those with the same key are paired in their order.</summary>
    private static (IReadOnlyList<HttpBinding> Olds, IReadOnlyList<HttpBinding> News) Paired(
        IReadOnlyList<HttpBinding> olds, IReadOnlyList<HttpBinding> news, Func<HttpBinding, string> key, List<(HttpBinding? Old, HttpBinding? New)> pairs)
    {
        var open = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var at = 0; at < news.Count; at++)
        {
            var name = key(news[at]);
            if (!open.TryGetValue(name, out var queue))
                open[name] = queue = new Queue<int>();
            queue.Enqueue(at);
        }

        var (left, taken) = (new List<HttpBinding>(), new HashSet<int>());
        foreach (var one in olds)
        {
            if (open.TryGetValue(key(one), out var queue) && queue.TryDequeue(out var partner) && taken.Add(partner))
                pairs.Add((one, news[partner]));
            else
                left.Add(one);
        }

        return (left, [.. news.Where((_, at) => !taken.Contains(at))]);
    }
}
