using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Lint.Rules;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>Puts every object of a description before the rules about its kind, each once, whatever refers to it.</summary>
internal sealed class LintWalk(LintContext context, FindingSink sink)
{
    private readonly HashSet<(Node, Part)> _seen = [];
    private readonly Queue<Spot> _referred = new();

    public void Run()
    {
        Visit(new Spot(Part.Document, context.Root, context));
        while (_referred.TryDequeue(out var spot))
            Visit(spot);
        Components(context.Root["components"]);
    }

    /// <summary>Judged last, when everything that may refer to them has been seen. What an extension holds is nobody's concern.</summary>
    private void Components(Node components)
    {
        if (!components.IsObject)
            return;
        var known = Grammar.Of(Part.Components, context.Version);
        foreach (var kind in components.Children.ToList().Where(k => k.IsObject && known.Find(k.Name!, context.Version) is not null))
        {
            foreach (var component in kind.Children)
                Judge(new Spot(Part.Component, component, context));
        }
    }

    private void Visit(Spot spot)
    {
        if (!spot.Node.IsObject || sink.IsFull || !_seen.Add((spot.Node, spot.Part)))
            return;
        if (spot["$ref"].IsString && MayRefer(spot.Part) && !Refer(spot))
            return;
        Use(spot);
        Judge(spot);
        var kind = Grammar.Of(spot.Part, context.Version);
        foreach (var child in spot.Node.Children)
        {
            if (kind.Find(child.Name!, context.Version) is { } field)
                Descend(spot, field, child);
            else if (kind.Others is { } others && !child.Name!.StartsWith("x-", StringComparison.Ordinal))
                Visit(new Spot(others, child, context, spot));
        }
    }

    private void Descend(Spot spot, Field field, Node child)
    {
        if (field.Shape is Shape.One)
        {
            Visit(new Spot(field.Part, child, context, spot));
            return;
        }

        if ((field.Shape is Shape.List && child.IsArray) || (field.Shape is Shape.Map && child.IsObject))
        {
            foreach (var one in child.Children)
                Visit(new Spot(field.Part, one, context, spot));
        }
    }

    /// <returns>The object says something beside the reference, so that it is looked at as well.</returns>
    private bool Refer(Spot spot)
    {
        Judge(new Spot(Part.Reference, spot.Node, context, spot.Around) { Target = spot.Part });
        Follow(spot.Node, spot.Part);
        return spot.Part is Part.PathItem || (spot.Part is Part.Schema && context.Version >= SpecVersion.V31);
    }

    /// <summary>Every step of a chain is used; only its end is looked at.</summary>
    private void Follow(Node reference, Part part)
    {
        if (context.TryResolve(reference, out var target) is not null)
            return;
        for (var at = reference; at["$ref"].IsString;)
        {
            at = context.Step(at);
            context.Use(at);
        }

        _referred.Enqueue(new Spot(part, target, context));
    }

    private void Use(Spot spot)
    {
        if (spot.Part is Part.Discriminator)
        {
            foreach (var mapping in spot["mapping"].Children)
                context.UseNamed("schemas", mapping.Text);
        }
        else if (spot.Part is Part.SecurityRequirement)
        {
            foreach (var scheme in spot.Node.Children)
                context.UseNamed("securitySchemes", scheme.Name);
        }
    }

    private static bool MayRefer(Part part) => part is Part.Schema or Part.PathItem or Part.Parameter or Part.RequestBody or Part.Response or Part.Header
        or Part.Example or Part.Link or Part.Callback or Part.SecurityScheme or Part.MediaType;

    private void Judge(Spot spot)
    {
        foreach (var rule in LintRules.Of(spot.Part, context.Version))
        {
            if (rule.Tell(spot) is { } verdict)
                sink.Add(verdict, spot.Place, default, spot.Node);
        }
    }
}
