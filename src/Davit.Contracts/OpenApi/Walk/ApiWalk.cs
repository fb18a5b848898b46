using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Walks two descriptions together.</summary>
internal sealed class ApiWalk(ApiPair apis, FindingSink sink)
{
    public void Run()
    {
        new SecurityWalk(apis, sink).Run();
        foreach (var (old, @new) in Pairing.Paths(apis.Old.Paths, apis.New.Paths))
            Path(old, @new);
        Named("webhooks", apis.Old.Webhooks.ToDictionary(w => w.Template.Text, w => w.Node, StringComparer.Ordinal), apis.New.Webhooks.ToDictionary(w => w.Template.Text, w => w.Node, StringComparer.Ordinal));
        Named("schemas", Components(apis.Old, "schemas"), Components(apis.New, "schemas"));
    }

    private static Dictionary<string, Node> Components(Api api, string kind) => api.Components(kind).ToDictionary(c => c.Name, c => c.Node, StringComparer.Ordinal);

    private void Named(string list, Dictionary<string, Node> old, Dictionary<string, Node> @new)
    {
        foreach (var name in old.Keys.Union(@new.Keys, StringComparer.Ordinal))
        {
            var pair = new NamePair(null, list, name, old.GetValueOrDefault(name), @new.GetValueOrDefault(name));
            sink.Judge(OpenApiRules.Names, pair, Place.Document, pair.Old, pair.New);
        }
    }

    private void Path(PathItem? old, PathItem? @new)
    {
        foreach (var method in (old?.Operations ?? []).Concat(@new?.Operations ?? []).Select(o => o.Method).Distinct(StringComparer.Ordinal))
        {
            var pair = new OperationPair(apis, old?.Operations.FirstOrDefault(o => o.Method == method), @new?.Operations.FirstOrDefault(o => o.Method == method), old is null || @new is null);
            new OperationWalk(pair, sink).Run();
        }
    }
}
