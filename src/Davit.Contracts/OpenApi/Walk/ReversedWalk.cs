using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Walks what the provider calls: callbacks and webhooks. What is a request there is an answer for the consumer.</summary>
/// <param name="list">How rules about its operations know it.</param>
internal sealed class ReversedWalk(ApiPair apis, FindingSink sink, string list)
{
    public void Compare(PathItem old, PathItem @new, Place place)
    {
        foreach (var method in old.Operations.Concat(@new.Operations).Select(o => o.Method).Distinct(StringComparer.Ordinal))
        {
            var (was, now) = (old.Operations.FirstOrDefault(o => o.Method == method), @new.Operations.FirstOrDefault(o => o.Method == method));
            sink.Judge(OpenApiRules.Names, new NamePair(null, list, method, was?.Node ?? default, now?.Node ?? default), place, was?.Node ?? default, now?.Node ?? default);
            if (was is not null && now is not null)
                new OperationWalk(new OperationPair(apis, was, now, IsWholePath: false, IsReversed: true), sink, place).Run();
        }
    }
}
