namespace Davit.Contracts.OpenApi.Model;

/// <param name="Url">The runtime expression of where it goes.</param>
internal readonly record struct Callback(string Url, PathItem Item);
