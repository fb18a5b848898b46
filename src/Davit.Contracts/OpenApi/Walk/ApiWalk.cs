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
        new ReferenceWalk(apis.Old).Run();
        new ReferenceWalk(apis.New).Run();
        new SecurityWalk(apis, sink).Run();
        new SecurityMeaning(apis, sink).Schemes();
        Servers();
        Document();
        foreach (var (old, @new) in Pairing.Paths(apis.Old.Paths, apis.New.Paths))
            Path(old, @new);
        Named("webhooks", apis.Old.Webhooks.ToDictionary(w => w.Template.Text, w => w.Node, StringComparer.Ordinal), apis.New.Webhooks.ToDictionary(w => w.Template.Text, w => w.Node, StringComparer.Ordinal));
        Webhooks();
        Named("schemas", Components(apis.Old, "schemas"), Components(apis.New, "schemas"));
    }

    private void Document()
    {
        var (old, @new) = (apis.Old.Root, apis.New.Root);
        var version = new NamePair(null, "openapi", "", Version(old), Version(@new));
        sink.Judge(OpenApiRules.Names, version, Place.Document, version.Old, version.New);
        NameWalk.Extensions(null, old, @new, sink, Place.Document);
        NameWalk.Extensions(null, old["info"], @new["info"], sink, Place.Document.In("info"));
    }

    private static Node Version(Node root) => root["openapi"] is { Exists: true } version ? version : root["swagger"];

    private void Webhooks()
    {
        foreach (var old in apis.Old.Webhooks)
        {
            if (apis.New.Webhooks.FirstOrDefault(w => w.Template.Text == old.Template.Text) is { } @new)
                new ReversedWalk(apis, sink, "webhookOperations").Compare(old, @new, new Place("", "", $"webhook '{old.Template.Text}'", IsReversed: true));
        }
    }

    /// <summary>Servers pair by their address; what is left over pairs when it is the only one on each side.</summary>
    private void Servers()
    {
        var (old, @new) = (apis.Old.Servers, apis.New.Servers);
        Variables(old, @new);
        var left = old.Where(o => !@new.Any(n => n.Url == o.Url)).ToList();
        var added = @new.Where(n => !old.Any(o => o.Url == n.Url)).ToList();
        if (left is [var was] && added is [var now])
            Server(new ServerPair(was, now, IsLast: false));
        else
            left.Select(o => new ServerPair(o, null, IsLast: @new is [])).Concat(added.Select(n => new ServerPair(null, n, IsLast: false))).ToList().ForEach(Server);
    }

    private void Variables(IReadOnlyList<Server> old, IReadOnlyList<Server> @new)
    {
        foreach (var was in old)
        {
            if (@new.FirstOrDefault(n => n.Url == was.Url) is { } now)
                NameWalk.ServerVariables(was.Node, now.Node, sink, Place.Document.In($"server {was.Url}"));
        }
    }

    private void Server(ServerPair pair) => sink.Judge(OpenApiRules.Servers, pair, Place.Document.In("servers"), pair.Old?.Node ?? default, pair.New?.Node ?? default);

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
            new OperationWalk(pair, sink, Place.Of(pair)).Run();
        }
    }
}
