using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

/// <summary>Walks what is done with channels.</summary>
internal sealed class OperationWalk(DocumentPair documents, FindingSink sink, BindingWalk bindings, MessageWalk messages)
{
    public void Compare(AsyncOperationPair pair)
    {
        var place = new Place(pair.Operation.Verb, pair.Operation.Channel.Told, "");
        if (pair is { Old: { } old, New: { } @new })
            Kept(pair, old, @new, place);
        else if (!pair.IsImplicit && !pair.IsWithChannel)
            Whole(pair, place);
    }

    private void Whole(AsyncOperationPair pair, Place place)
    {
        var (old, @new) = (pair.Old?.Site ?? default, pair.New?.Site ?? default);
        sink.Judge(AsyncApiRules.OperationLifecycles, pair, place, old, @new);
        if (pair.Old is not { Lifecycle.IsDeprecated: true })
            Part(OperationPart.Whole, pair.Operation.Key is "" ? "operation" : $"operation '{pair.Operation.Key}'", old, @new, place);
    }

    private void Kept(AsyncOperationPair pair, AsyncOperation old, AsyncOperation @new, Place place)
    {
        if (old.Action != @new.Action)
        {
            Part(OperationPart.Action, @new.Action is AsyncAction.Send ? "sends what it received" : "receives what it sent", old.Site, @new.Site, place);
            return;
        }

        sink.Judge(AsyncApiRules.OperationLifecycles, pair, place, old.Site, @new.Site);
        if (old.Channel.Identity != @new.Channel.Identity && old.Channel.Key != @new.Channel.Key)
            Part(OperationPart.Channel, $"{@new.Channel.Told} now, not {old.Channel.Told}", old.Site, @new.Site, place);
        if (old.Key is not "" && @new.Key is not "" && old.Key != @new.Key)
            Part(OperationPart.Id, $"'{@new.Key}' now, not '{old.Key}'", old.Site, @new.Site, place);
        sink.Judge(AsyncApiRules.OperationSecurity, SecurityPair.Of(old.Security, @new.Security), place, old.SecurityNode, @new.SecurityNode);
        var side = documents.SideOf(old.Action);
        bindings.Compare("operation", side, Bindings(old), Bindings(@new), place);
        messages.Compare(old.Messages, @new.Messages, side, place);
        Reply(old, @new, place);
    }

    private void Reply(AsyncOperation old, AsyncOperation @new, Place place)
    {
        if (old.Reply is null && @new.Reply is null)
            return;
        var at = place.In("reply");
        if (old.Reply is not { } was || @new.Reply is not { } now)
        {
            sink.Judge(AsyncApiRules.Replies, new ReplyPartPair(ReplyPart.Whole, "", old.Reply?.Node ?? default, @new.Reply?.Node ?? default), at, old.Reply?.Node ?? default, @new.Reply?.Node ?? default);
            return;
        }

        if (was.Location != now.Location)
            sink.Judge(AsyncApiRules.Replies, new ReplyPartPair(ReplyPart.Address, now.Location is "" ? $"no longer told by {was.Location}" : $"told by {now.Location}", was.Node, now.Node), at, was.Node, now.Node);
        if (was.Channel != now.Channel)
            sink.Judge(AsyncApiRules.Replies, new ReplyPartPair(ReplyPart.Channel, now.Channel is "" ? "where the message tells" : now.Channel, was.Node, now.Node), at, was.Node, now.Node);
        messages.Compare(was.Messages, now.Messages, documents.SideOf(old.Action, isReply: true), at);
    }

    private void Part(OperationPart part, string told, Node old, Node @new, Place place) => sink.Judge(AsyncApiRules.Operations, new OperationPartPair(part, told, old, @new), place, old, @new);

    private static IReadOnlyList<Node> Bindings(AsyncOperation operation) => [.. operation.Traited.All("bindings").Select(operation.Channel.Document.Resolve)];
}
