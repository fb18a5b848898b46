using System.Collections.Frozen;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Findings;

namespace Davit.Contracts.AsyncApi.Pointers;

/// <summary>
/// How asyncapi/diff judges what came, went or changed at a place: E breaks, N does not, U is left open. A star stands for any
/// name or index; what stands in braces is each of its alternatives.
/// </summary>
internal sealed class PointerTable
{
    private const string Version2 = """
        NEE version /asyncapi
        NNN id /id
        EEE default-content-type /defaultContentType
        NEE info /info{,/version,/termsOfService,/license}
        EEE info /info/license/name
        ENN info /info/license/url
        NNN info /info/{title,description,contact} /info/contact/{name,url,email}
        NEE server /servers{,/*,/*/url,/*/variables,/*/variables/*,/*/variables/*/enum,/*/variables/*/enum/*}
        EEE server-protocol /servers/*/{protocol,protocolVersion}
        EEE server-security /servers/*/security{,/*}
        EEE server-variable-default /servers/*/variables/*/default
        NEE channel /channels{,/*}
        EEE channel-parameter /channels/*/parameters{,/*/location}
        NEE channel-parameter /channels/*/parameters/*
        UUU channel-parameter /channels/*/parameters/*/schema
        NEE operation OP OP/{operationId,traits,traits/*,traits/operationId}
        EEE message OP/message
        NEE message OP/message/traits{,/*}
        UUU message-headers OP/message{,/traits}/headers
        UUU message-payload OP/message/payload
        EEE message-format OP/message{,/traits}/schemaFormat
        NEE message-format OP/message{,/traits}/contentType
        NEE message-correlation OP/message{,/traits}/correlationId{,/location}
        NNN message-name OP/message{,/traits}/name
        UUU binding /servers/*/bindings /channels/*/bindings OP{,/traits}/bindings OP/message{,/traits}/bindings
        NNN text /servers/*/description /servers/*/variables/*/{description,examples,examples/*} /channels/*/description /channels/*/parameters/*/description
        NNN text OP{,/traits}/{summary,description,tags,tags/*,externalDocs} OP/message/description
        NNN text OP/message{,/traits}/{title,summary,tags,tags/*,externalDocs,examples,examples/*,correlationId/description} /components /tags /externalDocs
        """;

    private const string Version3 = """
        NEE version /asyncapi
        NEE id /id
        EEE default-content-type /defaultContentType
        NEN info /info{,/contact,/contact/name,/contact/url,/contact/email,/license,/license/name}
        NEE info /info/{version,termsOfService}
        NNN info /info/{title,description,license/url,tags,tags/*,externalDocs}
        NEE server /servers{,/*,/*/host,/*/pathname,/*/variables,/*/variables/*,/*/variables/*/enum,/*/variables/*/enum/*}
        EEE server-protocol /servers/*/{protocol,protocolVersion}
        EEE server-security /servers/*/security{,/*}
        EEE server-variable-default /servers/*/variables/*/default
        NEE channel /channels{,/*,/*/address,/*/messages,/*/messages/*,/*/messages/*/traits,/*/messages/*/traits/*,/*/servers,/*/servers/*}
        EEE channel-parameter /channels/*/parameters
        NEN operation /operations
        NEE operation /operations/*{,/action,/channel,/messages,/messages/*,/traits,/traits/*}
        EEE operation-security /operations/*{,/traits/*}/security{,/*}
        NEE operation-reply /operations/*/reply{,/address/location}
        EEE operation-reply /operations/*/reply/address
        UUU operation-reply /operations/*/reply/{channel,messages,messages/*}
        EEE message-payload MSG/payload
        EEE message-headers MSG/headers
        UUU message-headers MSG/traits/*/headers
        EEE message-format MSG{,/traits/*}/contentType
        NEE message-correlation MSG/correlationId MSG/traits/*/correlationId{,/location}
        NEE message-name MSG/name
        NNN message-name MSG/traits/*/name
        UUU binding /servers/*/bindings /channels/*/bindings /operations/*{,/traits/*}/bindings MSG{,/traits/*}/bindings
        NNN text /servers/*/{description,title,tags,tags/*,externalDocs} /servers/*/variables/*/{description,examples,examples/*} /channels/*/{title,summary,description,tags,tags/*,externalDocs}
        NNN text /operations/*{,/traits/*}/{title,summary,description,tags,tags/*,externalDocs} /operations/*/reply/address/description
        NNN text MSG{,/traits/*}/{title,summary,description,tags,tags/*,externalDocs,examples,examples/*} MSG/traits/*/correlationId/description /components
        """;

    private static readonly PointerRow Unknown = new(Families.Text, new AsyncApiLevels(null, null, null));

    private readonly FrozenDictionary<string, PointerRow> _rows;

    private PointerTable(IEnumerable<KeyValuePair<string, PointerRow>> rows) => _rows = rows.ToFrozenDictionary(StringComparer.Ordinal);

    public static PointerTable OfVersion2 { get; } = Read(Version2);

    public static PointerTable OfVersion3 { get; } = Read(Version3);

    /// <summary>Every pointer there is a verdict for.</summary>
    public IReadOnlyDictionary<string, PointerRow> Rows => _rows;

    /// <summary>The same with other verdicts for some pointers.</summary>
    public PointerTable With(IReadOnlyDictionary<string, AsyncApiLevels> overrides) => overrides.Count is 0 ? this
        : new PointerTable(_rows.Where(r => !overrides.ContainsKey(r.Key)).Concat(overrides.Select(o => KeyValuePair.Create(o.Key, new PointerRow(FamilyOf(o.Key), o.Value)))));

    /// <summary>The place itself, or the nearest around it that is known.</summary>
    /// <returns>How many steps lead there, its pointer, and what is known of it; no steps where nothing is known.</returns>
    public (int Steps, string Template, PointerRow Row) Nearest(IReadOnlyList<string> steps)
    {
        var (count, known) = (0, "");
        foreach (var step in steps)
        {
            if (_rows.ContainsKey($"{known}/{step}"))
                known = $"{known}/{step}";
            else if (_rows.ContainsKey(known + "/*"))
                known += "/*";
            else
                break;
            count++;
        }

        return (count, known, count is 0 ? Unknown : _rows[known]);
    }

    private Family FamilyOf(string pointer) => _rows.TryGetValue(pointer, out var row) ? row.Family : Nearest(pointer.TrimStart('/').Split('/')).Row.Family;

    private static PointerTable Read(string text) => new(text.Replace("OP", "/channels/*/{subscribe,publish}", StringComparison.Ordinal).Replace("MSG", "/channels/*/messages/*", StringComparison.Ordinal)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(RowsOf));

    private static IEnumerable<KeyValuePair<string, PointerRow>> RowsOf(string line)
    {
        var words = line.Split(' ');
        var row = new PointerRow(Families.Named(words[1]), new AsyncApiLevels(Level(words[0][0]), Level(words[0][1]), Level(words[0][2])));
        return words[2..].SelectMany(Unfold).Select(pointer => KeyValuePair.Create(pointer, row));
    }

    private static Severity? Level(char letter) => letter switch { 'E' => Severity.Breaking, 'N' => Severity.Note, _ => null };

    private static IEnumerable<string> Unfold(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
            return [pattern];
        var close = pattern.IndexOf('}', open);
        return pattern[(open + 1)..close].Split(',').SelectMany(alternative => Unfold(string.Concat(pattern.AsSpan(0, open), alternative, pattern.AsSpan(close + 1))));
    }
}

/// <param name="Levels">Null where the checker leaves it open.</param>
internal sealed record PointerRow(Family Family, AsyncApiLevels Levels);
