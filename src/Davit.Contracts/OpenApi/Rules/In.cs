using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>Scopes that rules name together.</summary>
internal static class In
{
    public static ReadOnlySpan<Scope> Request => [Scope.RequestBody, Scope.RequestProperty];

    public static ReadOnlySpan<Scope> RequestAndParameter => [Scope.RequestBody, Scope.RequestProperty, Scope.RequestParameter];

    public static ReadOnlySpan<Scope> Response => [Scope.ResponseBody, Scope.ResponseProperty];
}
