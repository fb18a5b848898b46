using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>
/// Compares who may call an operation before and after. A requirement is a set of alternatives, each a set of schemes with their
/// scopes; a caller passes when he satisfies one of them. What a scheme is called says nothing.
/// </summary>
internal sealed class SecurityMeaning(ApiPair apis, FindingSink sink)
{
    private static readonly string[] FlowNames = ["implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"];

    public void Schemes()
    {
        foreach (var old in apis.Old.Components("securitySchemes"))
        {
            var @new = apis.New.Resolve(apis.New.Component("securitySchemes", old.Name));
            if (!@new.Exists)
                continue;
            sink.Judge(OpenApiRules.Schemes, new SchemePair(old.Name, old.Node, @new), Place.Document.In($"security scheme '{old.Name}'"), old.Node, @new);
            foreach (var flow in FlowNames.Where(f => old.Node["flows"][f].Exists || @new["flows"][f].Exists))
            {
                var pair = new FlowPair(old.Name, flow, old.Node["flows"][flow], @new["flows"][flow]);
                sink.Judge(OpenApiRules.Flows, pair, Place.Document.In($"security scheme '{old.Name}'"), pair.Old, pair.New);
                if (pair is { IsAdded: false, IsRemoved: false })
                    Scopes(pair);
            }
        }
    }

    private void Scopes(FlowPair flow)
    {
        var (old, @new) = (flow.Old["scopes"], flow.New["scopes"]);
        foreach (var name in old.Children.ToList().Concat(@new.Children.ToList()).Select(s => s.Name).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var pair = new NamePair(null, "offeredScopes", name, old[name], @new[name]);
            sink.Judge(OpenApiRules.Names, pair, Place.Document.In($"security scheme '{flow.Scheme}' {flow.Flow}"), pair.Old, pair.New);
        }
    }

    public void Operation(OperationPair pair, Place place)
    {
        var (oldNode, newNode) = (Effective(pair.Old!), Effective(pair.New!));
        var (old, @new) = (Alternatives(oldNode, apis.Old), Alternatives(newNode, apis.New));
        if (@new.TrueForAll(a => a.NeedsCertificate) && !old.TrueForAll(a => a.NeedsCertificate))
            Tell(AlternativeChange.MutualTls, @new[0]);
        else if (old.Exists(a => a.IsOpen) && !@new.Exists(a => a.IsOpen))
            Tell(AlternativeChange.Required, @new[0]);
        else
            Compare(old, @new, Tell);

        void Tell(AlternativeChange change, Alternative alternative) =>
            sink.Judge(OpenApiRules.Alternatives, new AlternativePair(pair, change, alternative.Told), place.In("security"), oldNode, newNode);
    }

    private static void Compare(List<Alternative> old, List<Alternative> @new, Action<AlternativeChange, Alternative> tell)
    {
        foreach (var lost in old.Where(o => !@new.Exists(n => n.IsSatisfiedBy(o))))
            tell(@new.Exists(n => n.HasSameSchemes(lost)) ? AlternativeChange.ScopeRequired : @new.Exists(lost.IsSatisfiedBy) ? AlternativeChange.Tightened : AlternativeChange.Removed, lost);
        foreach (var gained in @new.Where(n => !old.Exists(o => o.IsSatisfiedBy(n))))
            tell(old.Exists(o => o.HasSameSchemes(gained)) ? AlternativeChange.ScopeFreed : old.Exists(gained.IsSatisfiedBy) ? AlternativeChange.Loosened : AlternativeChange.Added, gained);
    }

    private static Node Effective(Operation operation) => operation.Node["security"] is { Exists: true } own ? own : operation.Api.Security;

    private List<Alternative> Alternatives(Node security, Api api)
    {
        var alternatives = new List<Alternative>();
        foreach (var requirement in security.Children)
            alternatives.Add(Read(requirement, api));
        return alternatives is [] ? [new Alternative([], "", NeedsCertificate: false)] : alternatives;
    }

    private Alternative Read(Node requirement, Api api)
    {
        var schemes = requirement.IsObject ? requirement.Children.ToList() : [];
        var scopes = schemes.GroupBy(s => Meaning(api, s.Name!), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.SelectMany(s => s.Children.ToList()).Select(n => n.Text ?? "").ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var needsCertificate = schemes.Exists(s => api.Resolve(api.Component("securitySchemes", s.Name!))["type"].Text is "mutualTLS");
        return new Alternative(scopes, string.Join(" with ", schemes.Select(s => s.Name)), needsCertificate);
    }

    /// <summary>The same key with the same type is the same scheme, and rules of schemes tell what changed in it; so is another key with the same content.</summary>
    private string Meaning(Api api, string name)
    {
        var scheme = api.Resolve(api.Component("securitySchemes", name));
        var (old, @new) = (apis.Old.Resolve(apis.Old.Component("securitySchemes", name)), apis.New.Resolve(apis.New.Component("securitySchemes", name)));
        if (old.Exists && @new.Exists && old["type"].Text == @new["type"].Text)
            return name;
        var other = api == apis.Old ? apis.New : apis.Old;
        var twin = other.Components("securitySchemes").FirstOrDefault(s => scheme.Exists && NodeEquality.Same(s.Node, scheme));
        return twin is null ? $"{(api == apis.Old ? "old" : "new")} {name}" : string.CompareOrdinal(twin.Name, name) < 0 ? $"{twin.Name} = {name}" : $"{name} = {twin.Name}";
    }

    private sealed record Alternative(Dictionary<string, HashSet<string>> Schemes, string Names, bool NeedsCertificate)
    {
        public bool IsOpen => Schemes.Count is 0;

        public string Told => IsOpen ? "no proof" : Names;

        /// <summary>Whoever satisfies the other satisfies this.</summary>
        public bool IsSatisfiedBy(Alternative other) => Schemes.All(s => other.Schemes.TryGetValue(s.Key, out var scopes) && s.Value.IsSubsetOf(scopes));

        public bool HasSameSchemes(Alternative other) => Schemes.Count == other.Schemes.Count && Schemes.Keys.All(other.Schemes.ContainsKey);
    }
}
