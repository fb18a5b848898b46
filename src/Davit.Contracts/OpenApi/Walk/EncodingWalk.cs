using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Walks how the parts of a form are written.</summary>
internal sealed class EncodingWalk(MediaTypePair media, FindingSink sink)
{
    private static readonly string[] Respects = ["contentType", "style", "explode", "allowReserved"];

    public void Run(Place place)
    {
        var (old, @new) = (media.Old!.Node["encoding"], media.New!.Node["encoding"]);
        foreach (var name in NameWalk.Union(old, @new))
        {
            var at = place.In($"part '{name}'");
            foreach (var respect in Respects)
            {
                var pair = new EncodingPair(media, name, respect, Effective(media.Of.Old!.Api, media.Old, name, respect), Effective(media.Of.New!.Api, media.New, name, respect));
                sink.Judge(OpenApiRules.Encodings, pair, at, old[name], @new[name]);
            }

            foreach (var header in NameWalk.Union(old[name]["headers"], @new[name]["headers"]))
            {
                var pair = new EncodingHeaderPair(media, name, header, Header(media.Of.Old!.Api, old[name], header), Header(media.Of.New!.Api, @new[name], header));
                sink.Judge(OpenApiRules.EncodingHeaders, pair, at, pair.Old, pair.New);
            }
        }
    }

    private static Node Header(Api api, Node encoding, string name) => encoding["headers"][name] is { Exists: true } header ? api.Resolve(header) : default;

    private static string Effective(Api api, MediaType media, string name, string respect)
    {
        var encoding = media.Node["encoding"][name];
        if (encoding[respect].Scalar is { } written)
            return written;
        return respect switch
        {
            "style" => "form",
            "explode" => encoding["style"].Text is null or "form" ? "true" : "false",
            "allowReserved" => "false",
            _ => media.Schema is { } schema && schema.Schema.Properties.TryGetValue(name, out var part) ? Form(api, part.Schema.Node, 0) : "text/plain",
        };
    }

    /// <summary>What a part is written as when nothing is said: by its type, for lists by that of their elements.</summary>
    private static string Form(Api api, Node schema, int depth) => schema["type"].Text switch
    {
        "array" when depth < 8 && schema["items"] is { IsObject: true } items => Form(api, api.Resolve(items), depth + 1),
        "object" => "application/json",
        "string" => schema["format"].Text is "binary" or "byte" || schema["contentEncoding"].Exists ? "application/octet-stream" : "text/plain",
        null => "application/octet-stream",
        _ => "text/plain",
    };
}
