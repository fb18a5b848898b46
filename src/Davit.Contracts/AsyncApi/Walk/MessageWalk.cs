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
    public void Compare(IReadOnlyList<AsyncMessage> old, IReadOnlyList<AsyncMessage> @new, Side side, Place place)
    {
        foreach (var (was, now) in Paired(old, @new))
        {
            var pair = new MessagePair(documents, side, was, now);
            var at = Sides.Named(place.In(pair.Message.Told), side);
            sink.Judge(AsyncApiRules.Messages, pair, at, was?.Site ?? default, now?.Site ?? default);
            if (was is not null && now is not null)
                Kept(was, now, side, at);
        }
    }

    /// <summary>By what they are called anywhere, then by their payload, then by their order where they are called nothing; the only two there are belong together.</summary>
    private static List<(AsyncMessage? Old, AsyncMessage? New)> Paired(IReadOnlyList<AsyncMessage> old, IReadOnlyList<AsyncMessage> @new)
    {
        var (pairs, taken, left) = (new List<(AsyncMessage? Old, AsyncMessage? New)>(), new HashSet<AsyncMessage>(), new List<AsyncMessage>());
        var (byName, byPayload, nameless) = (new Waiting<AsyncMessage>(taken), new Waiting<AsyncMessage>(taken), new Waiting<AsyncMessage>(taken));
        foreach (var now in @new)
        {
            foreach (var name in now.Names)
                byName.Add(name, now);
            byPayload.Add(PayloadOf(now), now);
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
        if (payload is { IsAdded: false, IsRemoved: false })
            sink.Judge(AsyncApiRules.MessageFormats, new FormatPair("the language of the payload", LanguageOf(payload.Old), LanguageOf(payload.New)), place, Or(payload.Old.FormatNode, old.Site), Or(payload.New.FormatNode, @new.Site));
        schemas.Compare(payload, "payload", place.In("payload"));
        schemas.Compare(headers, "headers", place.In("headers"));
    }

    /// <summary>What the payload is described by; empty where it is not.</summary>
    private static string PayloadOf(AsyncMessage message) => message.Document.Resolve(message.Payload.Schema) is { Exists: true } schema ? Fingerprint.Canonical(schema) : "";

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
