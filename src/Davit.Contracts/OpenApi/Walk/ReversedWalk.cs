using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Walks what the provider calls: callbacks and webhooks. What is a request there is an answer for the consumer.</summary>
internal sealed class ReversedWalk(ApiPair apis, FindingSink sink)
{
    public void Compare(PathItem old, PathItem @new, Place place)
    {
        foreach (var was in old.Operations)
        {
            if (@new.Operations.FirstOrDefault(o => o.Method == was.Method) is { } now)
                new OperationWalk(new OperationPair(apis, was, now, IsWholePath: false, IsReversed: true), sink, place).Run();
        }
    }
}
