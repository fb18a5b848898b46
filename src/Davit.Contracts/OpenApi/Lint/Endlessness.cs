using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>
/// Tells whether every value of a schema must hold another value of a schema that it is part of, and so on for ever.
/// What ends is passed on from the schemas that hold no others to those that hold them, so each schema is looked at once, however they are chained.
/// </summary>
internal sealed class Endlessness(LintContext context)
{
    private readonly Dictionary<Node, Schema> _known = [];
    private readonly Queue<Schema> _unread = new();
    private readonly Queue<Schema> _ended = new();

    public bool Of(Node written)
    {
        var schema = Known(written);
        while (_unread.TryDequeue(out var next))
            Read(next);
        while (_ended.TryDequeue(out var ended))
            Tell(ended);
        return !schema.Ends;
    }

    private Schema Known(Node written)
    {
        var node = context.Resolve(written);
        if (_known.TryGetValue(node, out var schema))
            return schema;
        _known[node] = schema = new Schema(node);
        _unread.Enqueue(schema);
        return schema;
    }

    private void Read(Schema schema)
    {
        var node = schema.Node;
        if (node.IsObject)
        {
            foreach (var part in node["allOf"].Children)
                Needs(schema, [part]);
            Needs(schema, node["anyOf"].Children.ToList());
            Needs(schema, node["oneOf"].Children.ToList());
            if (node["nullable"].Boolean is not true)
                Members(schema, node);
        }

        if (schema.Ends)
            _ended.Enqueue(schema);
    }

    /// <summary>What a value must hold because of its type; of several types one may hold nothing.</summary>
    private void Members(Schema schema, Node node)
    {
        var type = node["type"];
        if (type.Text is "array" && node["minItems"].Number is { IsZero: false })
            Needs(schema, [node["items"]]);
        if (type.IsArray || type.Text is not (null or "object"))
            return;
        foreach (var name in node["required"].Children)
        {
            if (name.Text is { } text)
                Needs(schema, [node["properties"][text]]);
        }
    }

    /// <summary>It ends only when one of the others does.</summary>
    private void Needs(Schema schema, List<Node> others)
    {
        if (others is [])
            return;
        var known = others.ConvertAll(Known);
        if (known.Exists(o => o.IsTold))
            return;
        var need = new Need(schema);
        schema.Open++;
        foreach (var other in known)
            other.Waiting.Add(need);
    }

    private void Tell(Schema ended)
    {
        ended.IsTold = true;
        foreach (var need in ended.Waiting)
        {
            if (need.IsMet)
                continue;
            need.IsMet = true;
            if (--need.Of.Open is 0)
                _ended.Enqueue(need.Of);
        }

        ended.Waiting.Clear();
    }

    private sealed class Schema(Node node)
    {
        public Node Node { get; } = node;

        /// <summary>How many needs are not met.</summary>
        public int Open { get; set; }

        public bool Ends => Open is 0;

        /// <summary>Those that need it know that it ends.</summary>
        public bool IsTold { get; set; }

        public List<Need> Waiting { get; } = [];
    }

    private sealed class Need(Schema of)
    {
        public Schema Of { get; } = of;

        public bool IsMet { get; set; }
    }
}
