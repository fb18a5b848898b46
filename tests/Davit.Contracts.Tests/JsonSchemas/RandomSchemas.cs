using System.Globalization;

namespace Davit.Contracts.Tests.JsonSchemas;

/// <summary>Small schemas out of all keywords; the same seed gives the same ones.</summary>
internal sealed class RandomSchemas(ulong seed)
{
    private static readonly string[] Types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Patterns = ["^a", "b$", "^[a-c]*$", "[0-9]+"];
    private static readonly string[] Values = ["null", "true", "0", "1", "2.5", "\"a\"", "\"bb\"", "[]", "{}", "[1]", """{"a":1}"""];

    private ulong _state = (seed * 0x9E3779B97F4A7C15) | 1;

    public string Next(int depth)
    {
        if (depth <= 0 || Roll(12) is 0)
            return Pick(["true", "false", "{}", "{\"type\":\"string\"}", "{\"type\":\"integer\"}", "{\"type\":\"object\"}", "{\"const\":1}"]);
        var keywords = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1 + Roll(4); i > 0; i--)
        {
            var (name, value) = Keyword(depth - 1);
            keywords[name] = value;
        }

        return $"{{{string.Join(',', keywords.Select(k => $"\"{k.Key}\":{k.Value}"))}}}";
    }

    /// <summary>The same with one digit, word or keyword changed, so that pairs are near each other.</summary>
    public string Changed(string schema)
    {
        for (var i = 0; i < 20; i++)
        {
            var (from, to) = Pick([("1", "2"), ("2", "1"), ("\"integer\"", "\"number\""), ("\"number\"", "\"integer\""), ("\"string\"", "[\"string\",\"null\"]"), ("true", "{}"), ("false", "true"), ("\"required\"", "\"examples\""), ("\"anyOf\"", "\"oneOf\""), ("\"oneOf\"", "\"anyOf\""), ("\"allOf\"", "\"anyOf\""), ("\"not\"", "\"contentSchema\""), ("\"minimum\"", "\"exclusiveMinimum\""), ("\"a\"", "\"d\"")]);
            var at = schema.IndexOf(from, StringComparison.Ordinal);
            if (at >= 0 && (to is [not '"', ..] or "\"number\"" or "\"integer\"" || !schema.Contains(to, StringComparison.Ordinal)))
                return schema[..at] + to + schema[(at + from.Length)..];
        }

        return $"{{\"anyOf\":[{schema},{Next(1)}]}}";
    }

    private (string Name, string Value) Keyword(int depth) => Roll(30) switch
    {
        < 5 => ("type", Roll(4) is 0 ? $"[\"{Pick(Types)}\",\"{Pick(Types)}\"]" : $"\"{Pick(Types)}\""),
        5 => ("enum", $"[{Pick(Values)},{Pick(Values)}]"),
        6 => ("const", Pick(Values)),
        7 => ("minimum", Number()),
        8 => ("maximum", Number()),
        9 => ("exclusiveMinimum", Number()),
        10 => ("multipleOf", Pick(["1", "2", "0.5", "3"])),
        11 => (Pick(["minLength", "minItems", "minProperties"]), Count()),
        12 => (Pick(["maxLength", "maxItems", "maxProperties"]), Count()),
        13 => ("pattern", $"\"{Pick(Patterns)}\""),
        14 => ("items", Next(depth)),
        15 => ("prefixItems", $"[{Next(depth)},{Next(depth)}]"),
        16 => ("contains", Next(depth)),
        17 => (Pick(["minContains", "maxContains"]), Count()),
        18 => ("uniqueItems", "true"),
        19 or 20 => ("properties", $"{{\"{Names[Roll(2)]}\":{Next(depth)},\"c\":{Next(depth)}}}"),
        21 => ("additionalProperties", Next(depth)),
        22 => ("patternProperties", $"{{\"{Pick(Patterns)}\":{Next(depth)}}}"),
        23 => ("required", $"[\"{Pick(Names)}\"]"),
        24 => ("propertyNames", Next(depth)),
        25 => Roll(2) is 0 ? ("dependentRequired", $"{{\"{Pick(Names)}\":[\"{Pick(Names)}\"]}}") : ("dependentSchemas", $"{{\"{Pick(Names)}\":{Next(depth)}}}"),
        26 => (Pick(["allOf", "anyOf", "oneOf"]), $"[{Next(depth)},{Next(depth)}]"),
        27 => ("not", Next(depth)),
        28 => (Pick(["if", "then", "else"]), Next(depth)),
        _ => Roll(3) is 0 ? ("properties", """{"a":{"$ref":"#"}}""") : (Pick(["unevaluatedProperties", "unevaluatedItems"]), Next(depth)),
    };

    private string Number() => (Roll(9) - 4).ToString(CultureInfo.InvariantCulture);

    private string Count() => Roll(4).ToString(CultureInfo.InvariantCulture);

    private T Pick<T>(T[] all) => all[Roll(all.Length)];

    private int Roll(int sides)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)((_state >> 11) % (ulong)sides);
    }
}
