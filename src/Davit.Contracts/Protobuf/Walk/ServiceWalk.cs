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
        var (olds, news) = (old.ToList(), @new.ToList());
        foreach (var key in (Func<HttpBinding, string>[])[b => $"{b.Verb} {b.Template}", b => b.Template, b => b.Verb, _ => ""])
        {
            foreach (var one in olds.ToList())
            {
                if (news.Find(n => key(n) == key(one)) is not { } partner)
                    continue;
                pairs.Add((one, partner));
                olds.Remove(one);
                news.Remove(partner);
            }
        }

        pairs.AddRange(olds.Select(o => ((HttpBinding?)o, (HttpBinding?)null)));
        pairs.AddRange(news.Select(n => ((HttpBinding?)null, (HttpBinding?)n)));
        return pairs;
    }
}
