using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>One way to prove who one is: what must be shown, whatever the scheme is called.</summary>
/// <param name="Schemes">What each scheme is; two that say the same are the same.</param>
/// <param name="Scopes">What must be granted, in order.</param>
internal sealed record Alternative(string Schemes, IReadOnlyList<string> Scopes, string Told)
{
    private static readonly string[] Meaningful = ["type", "in", "name", "scheme", "openIdConnectUrl"];

    /// <summary>Version 2 names schemes and their scopes; version 3 refers to schemes, which hold their scopes.</summary>
    public static IReadOnlyList<Alternative> Read(AsyncDocument document, Node security) =>
        [.. security.Children.ToList().Select(one => document.IsV3 ? OfVersion3(document, one) : OfVersion2(document, one)).OfType<Alternative>()];

    private static Alternative? OfVersion3(AsyncDocument document, Node site)
    {
        var scheme = document.Resolve(site, out var reference);
        return scheme.IsObject ? new Alternative(Meaning(scheme, Named(reference) ?? ""), Texts(scheme["scopes"]), Named(reference) ?? scheme["type"].Text ?? "a scheme") : null;
    }

    private static Alternative? OfVersion2(AsyncDocument document, Node requirement)
    {
        if (!requirement.IsObject)
            return null;
        var schemes = document.Root["components"]["securitySchemes"];
        var parts = requirement.Children.ToList().OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        return new Alternative(
            string.Join('\n', parts.Select(p => Meaning(document.Resolve(schemes[p.Name!]), p.Name!)).Order(StringComparer.Ordinal)),
            [.. parts.SelectMany(p => Texts(p)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            parts is [] ? "nothing" : string.Join(" and ", parts.Select(p => p.Name)));
    }

    /// <summary>A scheme that is not described is known by its name alone.</summary>
    private static string Meaning(Node scheme, string name) => !scheme.IsObject ? name
        : string.Join('\0', [.. Meaningful.Select(m => scheme[m].Text ?? ""), .. Flows(scheme["flows"])]);

    private static IEnumerable<string> Flows(Node flows) => flows.IsObject
        ? flows.Children.ToList().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f["authorizationUrl"].Text} {f["tokenUrl"].Text} {f["refreshUrl"].Text}")
        : [];

    private static List<string> Texts(Node list) => [.. list.Children.ToList().Select(s => s.Text).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string? Named(string? reference) => reference?[(reference.LastIndexOf('/') + 1)..];
}
