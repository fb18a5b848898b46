using System.Security.Cryptography;
using System.Text;
using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks the messages of an operation or of its reply.</summary>
internal sealed class MessageWalk(DocumentPair documents, FindingSink sink, BindingWalk bindings, MessageSchemaWalk schemas)
{
    private readonly Dictionary<Node, string> _payloads = [];

    /// <summary>Operations of one channel share its messages, so those of which there is nothing to say are kept out of the next walk.</summary>
    private readonly Dictionary<(IReadOnlyList<AsyncMessage> Old, IReadOnlyList<AsyncMessage> New, Side Side), List<(AsyncMessage? Old, AsyncMessage? New)>> _telling = [];

    public void Compare(IReadOnlyList<AsyncMessage> old, IReadOnlyList<AsyncMessage> @new, Side side, Place place)
    {
        if (sink.IsFull)
            return;
        var key = (old, @new, side);
        var pairs = _telling.TryGetValue(key, out var telling) ? telling : Paired(old, @new);
        _telling[key] = pairs.FindAll(p => IsTelling(p.Old, p.New, side, place));
    }

    private bool IsTelling(AsyncMessage? old, AsyncMessage? @new, Side side, Place place)
    {
        var told = sink.Findings.Count;
        var pair = new MessagePair(documents, side, old, @new);
        var at = Sides.Named(place.In(pair.Message.Told), side);
        sink.Judge(AsyncApiRules.Messages, pair, at, old?.Site ?? default, @new?.Site ?? default);
        if (old is not null && @new is not null)
            Kept(old, @new, side, at);
        return sink.Findings.Count > told;
    }

    /// <summary>By what they are called anywhere, then by their payload, then by their order where they are called nothing; the only two there are belong together.</summary>
    private List<(AsyncMessage? Old, AsyncMessage? New)> Paired(IReadOnlyList<AsyncMessage> old, IReadOnlyList<AsyncMessage> @new)
    {
        var (pairs, taken, left) = (new List<(AsyncMessage? Old, AsyncMessage? New)>(), new HashSet<AsyncMessage>(), new List<AsyncMessage>());
        var (byName, byPayload, nameless) = (new Waiting<AsyncMessage>(taken), new Waiting<AsyncMessage>(taken), new Waiting<AsyncMessage>(taken));
        foreach (var now in @new)
        {
            foreach (var name in now.Names)
                byName.Add(name, now);
            if (now.Names is [])
                nameless.Add("", now);
        }

        foreach (var was in old)
        {
            if (was.Names.Select(byName.Take).FirstOrDefault(n => n is not null) is { } now)
                pairs.Add((was, now));
            else
                left.Add(was);
        }

        foreach (var now in @new.Where(n => left is not [] && !taken.Contains(n)))
            byPayload.Add(PayloadOf(now), now);
        foreach (var was in left)
            pairs.Add((was, (PayloadOf(was) is not "" and var payload ? byPayload.Take(payload) : null) ?? (was.Names is [] ? nameless.Take("") : null) ?? (old.Count is 1 && @new is [var only] && taken.Add(only) ? only : null)));
        pairs.AddRange(@new.Where(n => !taken.Contains(n)).Select(n => ((AsyncMessage?)null, (AsyncMessage?)n)));
        return pairs;
    }

    private void Kept(AsyncMessage old, AsyncMessage @new, Side side, Place place)
    {
        sink.Judge(AsyncApiRules.MessageNames, new MessagePair(documents, side, old, @new), place, old.Site, @new.Site);
        // Where neither names one, the default of the description tells.
        if (old.HasOwnContentType || @new.HasOwnContentType)
            sink.Judge(AsyncApiRules.MessageFormats, new FormatPair("the content type", old.ContentType, @new.ContentType), place, Or(old.ContentTypeNode, old.Site), Or(@new.ContentTypeNode, @new.Site));
        var (before, after) = (old.Correlation["location"], @new.Correlation["location"]);
        if (before.Exists || after.Exists)
            sink.Judge(AsyncApiRules.MessageCorrelations, new ValuePair("correlation", before, after), place, before, after);
        bindings.Compare("message", side, old.Bindings, @new.Bindings, place);
        var (payload, headers) = (new MessageSchemaPair(side, old.Payload, @new.Payload), new MessageSchemaPair(side, old.Headers, @new.Headers));
        Share(old.Document);
        Share(@new.Document);
        if (payload is { Old.Schema.Exists: true, New.Schema.Exists: true })
            sink.Judge(AsyncApiRules.MessageFormats, new FormatPair("the language of the payload", LanguageOf(payload.Old), LanguageOf(payload.New)), place, Or(payload.Old.FormatNode, old.Site), Or(payload.New.FormatNode, @new.Site));
        schemas.Compare(payload, "payload", place.In("payload"));
        schemas.Compare(headers, "headers", place.In("headers"));
    }

    /// <summary>What the payload is described by; empty where it is not.</summary>
    private string PayloadOf(AsyncMessage message)
    {
        var schema = message.Document.Resolve(message.Payload.Schema);
        if (!schema.Exists)
            return "";
        if (!_payloads.TryGetValue(schema, out var known))
            _payloads[schema] = known = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Fingerprint.Canonical(schema))));
        return known;
    }

    private void Share(AsyncDocument document)
    {
        foreach (var (made, origin) in document.Merging.TakeOrigins())
            sink.Origins.TryAdd(made, origin);
    }

    private static string LanguageOf(MessageSchema schema) => schema.Language switch
    {
        SchemaLanguage.JsonSchema => "JSON Schema",
        SchemaLanguage.OpenApi => "the language of OpenAPI",
        SchemaLanguage.Avro => "Avro",
        _ => schema.Format,
    };

    private static Node Or(Node node, Node otherwise) => node.Exists ? node : otherwise;
}
