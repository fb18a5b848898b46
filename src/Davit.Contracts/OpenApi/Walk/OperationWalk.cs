using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Walks one operation of both descriptions.</summary>
internal sealed class OperationWalk(OperationPair pair, FindingSink sink, Place root)
{
    private readonly Place _place = root;

    public void Run()
    {
        foreach (var side in (Operation?[])[pair.Old, pair.New])
        {
            if (side is not null && pair.Old is not null)
                sink.Judge(OpenApiRules.Lifecycles, new LifecyclePair(pair, side.Lifecycle), _place, side == pair.Old ? side.Lifecycle.StabilityNode : default, side == pair.Old ? default : side.Lifecycle.StabilityNode);
        }

        sink.Judge(OpenApiRules.Stability, pair, _place, pair.Old?.Lifecycle.StabilityNode ?? default, pair.New?.Lifecycle.StabilityNode ?? default);
        if (pair is { Old: not null, New.Lifecycle.Rank: { } rank } && rank < pair.Of.Settings.LeastStability)
            return;
        sink.Judge(OpenApiRules.Operations, pair, _place, pair.Old?.Node ?? default, pair.New?.Node ?? default);
        if (pair is not { Old: { } old, New: { } @new })
            return;
        Tags(old, @new);
        SecurityWalk.Requirements(pair, old.Node["security"], @new.Node["security"], sink, _place);
        new SecurityMeaning(pair.Of, sink).Operation(pair, _place);
        foreach (var (was, now) in Pairing.Parameters(old, @new))
            Parameter(new ParameterPair(pair, was, now));
        Body(new BodyPair(pair, old.Body, @new.Body));
        Responses(old, @new);
        Callbacks(old, @new);
        NameWalk.Extensions(pair, old.Node, @new.Node, sink, _place);
    }

    private void Callbacks(Operation old, Operation @new)
    {
        var (before, after) = (old.Callbacks, @new.Callbacks);
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var callback = new CallbackPair(pair, name, before.TryGetValue(name, out var was) ? was : null, after.TryGetValue(name, out var now) ? now : null);
            var at = (_place with { IsReversed = true }).In($"callback '{name}'");
            sink.Judge(OpenApiRules.Callbacks, callback, at, callback.Old?.Item.Node ?? default, callback.New?.Item.Node ?? default);
            if (callback is { Old: { } oldCallback, New: { } newCallback })
                new ReversedWalk(pair.Of, sink, "callbackOperations").Compare(oldCallback.Item, newCallback.Item, at);
        }
    }

    private void Tags(Operation old, Operation @new)
    {
        var (before, after) = (old.Node["tags"].Children.ToList(), @new.Node["tags"].Children.ToList());
        foreach (var name in before.Concat(after).Select(t => t.Text).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var tag = new NamePair(pair, "tags", name, before.Find(t => t.Text == name), after.Find(t => t.Text == name));
            sink.Judge(OpenApiRules.Names, tag, _place, tag.Old, tag.New);
        }
    }

    private void Parameter(ParameterPair parameter)
    {
        var place = _place.In($"{parameter.Parameter.In} parameter '{parameter.Parameter.Name}'");
        sink.Judge(OpenApiRules.Parameters, parameter, place, parameter.Old?.Node ?? default, parameter.New?.Node ?? default);
        if (parameter is not { Old: { } old, New: { } @new })
            return;
        Schema(old.Schema, @new.Schema, Scope.RequestParameter, "", place, @new);
        if (old.Content is [var was] && @new.Content is [var now] && was.Name == now.Name)
            Schema(was.Schema, now.Schema, Scope.RequestParameter, now.Name, place, @new);
        NameWalk.Extensions(pair, old.Node, @new.Node, sink, place);
    }

    private void Body(BodyPair body)
    {
        var place = _place.In("request body");
        sink.Judge(OpenApiRules.Bodies, body, place, body.Old?.Site ?? default, body.New?.Site ?? default);
        if (body is { Old: { } old, New: { } @new })
            Content(old.Content, @new.Content, pair.IsReversed ? Scope.ResponseBody : Scope.RequestBody, "", place);
    }

    private void Responses(Operation old, Operation @new)
    {
        var (before, after) = (old.Responses, @new.Responses);
        foreach (var status in before.Concat(after).Select(r => r.Status).Distinct(StringComparer.Ordinal))
        {
            var response = new ResponsePair(pair, before.FirstOrDefault(r => r.Status == status), after.FirstOrDefault(r => r.Status == status));
            var place = _place.In($"response {status}");
            sink.Judge(OpenApiRules.Responses, response, place, response.Old?.Site ?? default, response.New?.Site ?? default);
            if (response is not { Old: { } was, New: { } now })
                continue;
            Headers(was, now, place);
            NameWalk.Links(pair, was, now, sink, place);
            NameWalk.Extensions(pair, was.Node, now.Node, sink, place);
            Content(was.Content, now.Content, pair.IsReversed ? Scope.RequestBody : Scope.ResponseBody, status, place);
        }
    }

    private void Headers(Response old, Response @new, Place place)
    {
        foreach (var name in old.Headers.Keys.Union(@new.Headers.Keys, StringComparer.OrdinalIgnoreCase))
        {
            var header = new HeaderPair(pair, name, old.Headers.GetValueOrDefault(name), @new.Headers.GetValueOrDefault(name));
            var at = place.In($"header {name}");
            sink.Judge(OpenApiRules.Headers, header, at, header.Old?.Site ?? default, header.New?.Site ?? default);
            if (header is { Old: { } was, New: { } now })
                Schema(was.Schema, now.Schema, Scope.ResponseHeader, "", at);
        }
    }

    private void Content(IReadOnlyList<MediaType> old, IReadOnlyList<MediaType> @new, Scope scope, string status, Place place)
    {
        foreach (var (was, now) in Pairing.MediaTypes(old, @new))
        {
            var media = new MediaTypePair(pair, scope, status, was, now);
            var at = place.In((was ?? now)!.Name);
            sink.Judge(OpenApiRules.MediaTypes, media, at, was?.Node ?? default, now?.Node ?? default);
            if (was is null || now is null)
                continue;
            Schema(was.Schema, now.Schema, scope, now.Name, at);
            Schema(was.Item, now.Item, scope.Inside(), now.Name, at.In("item"));
            new EncodingWalk(media, sink).Run(at);
        }
    }

    private void Schema(SchemaRef? old, SchemaRef? @new, Scope scope, string media, Place place, Parameter? parameter = null)
    {
        if (old is { } was && @new is { } now)
            new SchemaWalk(sink).Compare(new SchemaPair(pair, was.Schema, now.Schema, scope, media, parameter), place);
    }
}
