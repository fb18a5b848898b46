using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.JsonSchemas.Rules;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas;

/// <summary>Puts keywords that annotate before their rules, wherever both schemas hold a schema at the same place.</summary>
internal sealed class KeywordWalk(ElementSink sink)
{
    private static readonly string[] Plain = ["format", "contentEncoding", "contentMediaType", "$id"];
    private static readonly string[] Maps = ["properties", "patternProperties", "definitions", "$defs", "dependentSchemas"];
    private static readonly string[] Schemas = ["items", "additionalItems", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties"];
    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];

    public void Run(Node old, Node @new, string at = "")
    {
        if (!old.IsObject || !@new.IsObject)
            return;
        foreach (var name in Plain)
        {
            var pair = new KeywordPair(name, old[name], @new[name]);
            sink.Judge(JsonSchemaRules.Keywords, pair, at is "" ? "/" : at, pair.Old, pair.New);
        }

        foreach (var name in Schemas)
            Run(old[name], @new[name], $"{at}/{name}");
        foreach (var name in Maps)
        {
            foreach (var member in old[name].Children)
                Run(member, @new[name][member.Name!], $"{at}/{name}/{JsonPointer.Escape(member.Name!)}");
        }

        foreach (var name in Lists.Where(n => old[n].IsArray && @new[n].IsArray))
        {
            foreach (var (index, (before, after)) in old[name].Children.ToList().Zip(@new[name].Children.ToList()).Index())
                Run(before, after, $"{at}/{name}/{index}");
        }
    }
}
