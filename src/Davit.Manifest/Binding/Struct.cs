using Davit.Manifest.Yaml;

namespace Davit.Manifest.Binding;

/// <summary>A mapping with known fields; other keys, such as <c>x-*</c>, are not part of it.</summary>
internal sealed class Struct(params (string Key, Codec Codec)[] fields)
{
    /// <summary>Fields that are there even when nobody wrote them.</summary>
    public (string Key, Func<Node, Node> Make)[] Always { get; init; } = [];

    public Node? Bind(Node value, BindContext at)
    {
        if (value is not MapNode map)
            return value.IsNull ? null : at.Refuse(value, "must be a mapping");

        var bound = new MapNode { File = map.File, Line = map.Line, Column = map.Column, Replaced = map.Replaced };
        foreach (var (key, codec) in fields)
        {
            if (map[key] is { } field && codec(field, at.Below(key)) is { } result)
                bound[key] = result;
        }

        foreach (var (key, make) in Always)
            bound[key] ??= make(map);
        bound.TakeKeyPlaces(map);
        return bound;
    }
}
