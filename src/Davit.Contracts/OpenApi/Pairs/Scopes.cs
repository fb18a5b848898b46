using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Pairs;

internal static class Scopes
{
    /// <summary>How ids of this scope begin.</summary>
    public static string Prefix(this Scope scope) => scope switch
    {
        Scope.RequestBody => "request-body",
        Scope.RequestProperty => "request-property",
        Scope.RequestReadOnlyProperty => "request-read-only-property",
        Scope.RequestParameter => "request-parameter",
        Scope.RequestParameterProperty => "request-parameter-property",
        Scope.RequestHeaderProperty => "request-header-property",
        Scope.ResponseBody => "response-body",
        Scope.ResponseProperty => "response-property",
        Scope.ResponseWriteOnlyProperty => "response-write-only-property",
        Scope.ResponseHeader => "response-header",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    public static Side Side(this Scope scope) => scope >= Scope.ResponseBody ? Findings.Side.Response : Findings.Side.Request;

    public static bool IsBody(this Scope scope) => scope is not (Scope.RequestParameter or Scope.RequestParameterProperty or Scope.RequestHeaderProperty or Scope.ResponseHeader);

    public static bool IsResponseBody(this Scope scope) => !scope.IsRequest() && scope.IsBody();

    /// <summary>Inside the schema of a body.</summary>
    public static bool IsMember(this Scope scope) => scope.IsBody() && scope is not (Scope.RequestBody or Scope.ResponseBody);

    public static bool IsRequest(this Scope scope) => scope.Side() is Findings.Side.Request;

    /// <summary>The scope of what stands inside a schema of this scope.</summary>
    public static Scope Inside(this Scope scope) => scope switch
    {
        Scope.RequestBody or Scope.RequestProperty or Scope.RequestReadOnlyProperty => Scope.RequestProperty,
        Scope.RequestParameter or Scope.RequestParameterProperty => Scope.RequestParameterProperty,
        Scope.RequestHeaderProperty => Scope.RequestHeaderProperty,
        Scope.ResponseBody or Scope.ResponseProperty or Scope.ResponseWriteOnlyProperty => Scope.ResponseProperty,
        Scope.ResponseHeader => Scope.ResponseHeader,
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };
}
