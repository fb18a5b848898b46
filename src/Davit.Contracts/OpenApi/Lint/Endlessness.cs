using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>Tells whether every value of a schema must hold another value of a schema that it is part of, and so on for ever.</summary>
internal sealed class Endlessness(LintContext context)
{
    /// <summary>Schemas that all refer to each other have more ways through them than can be walked.</summary>
    private const int MostSteps = 10_000;

    private readonly HashSet<Node> _open = [];
    private readonly HashSet<Node> _ending = [];
    private int _steps;

    public bool Of(Node written)
    {
        var schema = context.Resolve(written);
        if (!schema.IsObject || _ending.Contains(schema) || ++_steps > MostSteps)
            return false;
        if (!_open.Add(schema))
            return true;
        var isEndless = IsEndless(schema);
        _open.Remove(schema);
        if (!isEndless)
            _ending.Add(schema);
        return isEndless;
    }

    private bool IsEndless(Node schema)
    {
        if (schema["allOf"].Children.ToList().Exists(Of))
            return true;
        foreach (var alternatives in (ReadOnlySpan<Node>)[schema["anyOf"], schema["oneOf"]])
        {
            if (alternatives.Children.ToList() is { Count: > 0 } branches && branches.TrueForAll(Of))
                return true;
        }

        if (schema["nullable"].Boolean is true || schema["type"].IsArray)
            return false;
        if (schema["type"].Text is "array" && schema["minItems"].Number is { IsZero: false } && Of(schema["items"]))
            return true;
        return schema["type"].Text is null or "object" && schema["required"].Children.ToList().Exists(r => r.Text is { } name && Of(schema["properties"][name]));
    }
}
