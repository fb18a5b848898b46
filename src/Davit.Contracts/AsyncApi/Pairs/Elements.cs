using Davit.Contracts.AsyncApi.Model;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.AsyncApi.Pairs;

/// <summary>The two descriptions as a whole.</summary>
/// <param name="IsOfClient">The application they describe is the consumer, so that the sides are swapped.</param>
internal sealed record DocumentPair(AsyncDocument Old, AsyncDocument New, Settings Settings, bool IsOfClient)
{
    /// <summary>Who sends what an operation is about.</summary>
    public Side SideOf(AsyncAction action, bool isReply = false) => action is AsyncAction.Receive ^ isReply ^ IsOfClient ? Side.Request : Side.Response;
}

/// <summary>The same operation before and after; at least one of them is there.</summary>
/// <param name="IsWithChannel">It came or went with its channel.</param>
internal sealed record AsyncOperationPair(DocumentPair Of, AsyncOperation? Old, AsyncOperation? New, bool IsWithChannel = false)
{
    public AsyncOperation Operation => (Old ?? New)!;

    /// <summary>It is said of a channel that has no operation, and nothing by itself.</summary>
    public bool IsImplicit => Old is null or { IsImplicit: true } && New is null or { IsImplicit: true };
}

/// <summary>The same message before and after; at least one of them is there.</summary>
internal sealed record MessagePair(DocumentPair Of, Side Side, AsyncMessage? Old, AsyncMessage? New)
{
    public AsyncMessage Message => (Old ?? New)!;
}

/// <summary>How a message is written, before and after.</summary>
/// <param name="Old">Empty when it is not told.</param>
internal sealed record FormatPair(string Told, string Old, string New);

/// <summary>Whether whoever keeps to the one schema can fail with the other.</summary>
internal enum Outcome
{
    NotAsked,
    Safe,
    Breaking,
    Open,
}

/// <summary>The schema of a payload or of headers before and after; it is there on one side at least.</summary>
/// <param name="Outcome">What the values say where no rule about a keyword spoke.</param>
internal sealed record MessageSchemaPair(Side Side, MessageSchema Old, MessageSchema New, Outcome Outcome = Outcome.NotAsked)
{
    /// <summary>Anything would do before, and now something is said.</summary>
    public bool IsAdded => Old.IsAnything && !New.IsAnything;

    public bool IsRemoved => !Old.IsAnything && New.IsAnything;

    /// <summary>Whoever sends nothing in particular is refused, as far as the side that is described tells.</summary>
    public bool Demands => (IsAdded ? New : Old).Schema["required"].Children.ToList() is not [];
}

/// <summary>How callers prove who they are, before and after: the alternatives that differ.</summary>
/// <param name="IsOpenBefore">Nothing had to be proven.</param>
internal sealed record SecurityPair(IReadOnlyList<Alternative> Added, IReadOnlyList<Alternative> Removed, IReadOnlyList<(Alternative Old, Alternative New)> Rescoped, bool IsOpenBefore, bool IsOpenNow)
{
    public static SecurityPair Of(IReadOnlyList<Alternative> old, IReadOnlyList<Alternative> @new)
    {
        var (added, removed, rescoped) = (@new.ToList(), old.ToList(), new List<(Alternative Old, Alternative New)>());
        foreach (var was in old)
        {
            if (added.Find(a => a.Schemes == was.Schemes && a.Scopes.SequenceEqual(was.Scopes, StringComparer.Ordinal)) is not { } same)
                continue;
            added.Remove(same);
            removed.Remove(was);
        }

        foreach (var was in removed.ToList())
        {
            if (added.Find(a => a.Schemes == was.Schemes) is not { } other)
                continue;
            rescoped.Add((was, other));
            added.Remove(other);
            removed.Remove(was);
        }

        return new SecurityPair(added, removed, rescoped, IsOpen(old), IsOpen(@new));
    }

    private static bool IsOpen(IReadOnlyList<Alternative> alternatives) => alternatives is [] || alternatives.Any(a => a.Schemes is "");
}

/// <summary>One setting of one protocol before and after; at least one of them is there.</summary>
/// <param name="Level"><c>server</c>, <c>channel</c>, <c>operation</c> or <c>message</c>.</param>
/// <param name="Key">Such as <c>exchange.name</c>; empty for a protocol as a whole.</param>
internal sealed record BindingPair(string Level, string Protocol, string Key, Node Old, Node New) : PartPair($"{Protocol} {Key}".TrimEnd(), Old, New);
