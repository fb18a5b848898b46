using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>The same callback of an operation before and after; at least one of them is there.</summary>
internal sealed record CallbackPair(OperationPair Operation, string Name, Callback? Old, Callback? New)
{
    public bool UrlDiffers => Old is { } old && New is { } @new && old.Url != @new.Url;
}
