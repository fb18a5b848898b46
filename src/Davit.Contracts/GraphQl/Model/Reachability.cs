namespace Davit.Contracts.GraphQl.Model;

/// <summary>Which types an operation can come by from the entry points.</summary>
internal static class Reachability
{
    public static IReadOnlySet<string> Of(Schema schema)
    {
        var implementations = schema.Types.Values.SelectMany(t => t.Interfaces.Select(i => (Interface: i.Name, Type: t.Name))).ToLookup(p => p.Interface, p => p.Type, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Root.Operations.Select(o => schema.Root(o)?.Type).OfType<string>());
        foreach (var argument in schema.Directives.Values.SelectMany(d => d.Arguments))
            open.Push(argument.Type.Named);
        while (open.TryPop(out var name))
        {
            if (!schema.Types.TryGetValue(name, out var type) || !reached.Add(name))
                continue;
            foreach (var next in Names(type).Concat(implementations[name]))
                open.Push(next);
        }

        return reached;
    }

    private static IEnumerable<string> Names(TypeDefinition type) => type.Interfaces.Select(i => i.Name)
        .Concat(type.Members.Select(m => m.Name))
        .Concat(type.Fields.Select(f => f.Type.Named))
        .Concat(type.Fields.SelectMany(f => f.Arguments).Select(a => a.Type.Named))
        .Concat(type.InputFields.Select(f => f.Type.Named));
}
