using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>What a schema says about how its values are written in XML.</summary>
internal static class XmlForm
{
    /// <summary>Only messages that may be XML are affected; what is not said and its default are the same.</summary>
    public static Verdict? Judge(SchemaPair pair, RuleSpec spec, string member, string byDefault, string what)
    {
        if (!pair.Media.Contains("xml", StringComparison.OrdinalIgnoreCase))
            return null;
        var (old, now) = (pair.Old.Node["xml"][member], pair.New.Node["xml"][member]);
        return (old.Scalar ?? byDefault) == (now.Scalar ?? byDefault) ? null : spec.Says($"in XML, {what} is {Told(now.Scalar)} now, not {Told(old.Scalar)}").At(old, now);

        string Told(string? value) => value is not null ? $"'{value}'" : byDefault is "" ? "not given" : $"'{byDefault}'";
    }
}
