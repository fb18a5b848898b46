using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>The two descriptions as a whole.</summary>
internal sealed record ApiPair(Api Old, Api New, Settings Settings);

/// <param name="Today">The day on which they are compared, for end dates.</param>
/// <param name="StableNotice">Days between the announcement and the end of something stable.</param>
/// <param name="BetaNotice">The same for what is in beta.</param>
/// <param name="LeastStability">What is less stable than this is not judged: 0 draft, 1 alpha, 2 beta, 3 stable.</param>
internal sealed record Settings(DateOnly Today, int StableNotice = 0, int BetaNotice = 0, int LeastStability = 2)
{
    public int Notice(Lifecycle lifecycle) => lifecycle.Stability switch
    {
        "draft" or "alpha" => 0,
        "beta" => BetaNotice,
        _ => StableNotice,
    };
}

/// <summary>The same operation before and after; at least one of them is there.</summary>
/// <param name="IsWholePath">With it all operations of its path came or went.</param>
/// <param name="IsReversed">The provider calls and the consumer answers, as in callbacks and webhooks.</param>
internal sealed record OperationPair(ApiPair Of, Operation? Old, Operation? New, bool IsWholePath, bool IsReversed = false)
{
    public bool IsKept => Old is not null && New is not null;
}

internal sealed record ParameterPair(OperationPair Of, Parameter? Old, Parameter? New)
{
    public Parameter Parameter => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    public string Told => $"the {Parameter.In} parameter '{Parameter.Name}'";

    /// <summary>All operations of the path have it.</summary>
    public bool IsShared => Parameter.IsShared;
}

internal sealed record BodyPair(OperationPair Of, Body? Old, Body? New);

/// <summary>What a body may be sent as; a name may have become another that means the same or part of it.</summary>
internal sealed record MediaTypePair(OperationPair Of, Scope Scope, string Status, MediaType? Old, MediaType? New);

internal sealed record ResponsePair(OperationPair Of, Response? Old, Response? New);

internal sealed record HeaderPair(OperationPair Of, string Name, Parameter? Old, Parameter? New);

/// <summary>A name in a list before and after, such as a tag or a requirement.</summary>
internal sealed record NamePair(OperationPair? Operation, string List, string Name, Documents.Node Old, Documents.Node New)
{
    public bool IsAdded => !Old.Exists;

    public bool IsRemoved => !New.Exists;
}

/// <summary>One side of an operation or a member, for what is said of each side by itself.</summary>
internal sealed record LifecyclePair(OperationPair Operation, Lifecycle Lifecycle);
