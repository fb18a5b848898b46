namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>Where in a message a schema stands, which decides the id of a finding.</summary>
internal enum Scope
{
    RequestBody,
    RequestProperty,
    RequestReadOnlyProperty,
    RequestParameter,
    RequestParameterProperty,
    RequestHeaderProperty,
    ResponseBody,
    ResponseProperty,
    ResponseWriteOnlyProperty,
    ResponseHeader,
}
