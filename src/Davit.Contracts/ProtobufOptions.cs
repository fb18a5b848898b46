namespace Davit.Contracts;

/// <summary>Which findings about Protobuf are told. The names are those that buf has for rules and categories; retired ones are understood.</summary>
public sealed record ProtobufOptions
{
    /// <summary>Rules and categories that the profiles of buf tell, instead of the category of the profile.</summary>
    public IReadOnlyCollection<string> Use { get; init; } = [];

    /// <summary>Rules and categories that are not told.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>Files and directories of which nothing is told.</summary>
    public IReadOnlyCollection<string> Ignore { get; init; } = [];

    /// <summary>Files and directories of which a rule or category tells nothing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> IgnoreOnly { get; init; } = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);

    /// <summary>Nothing is told of packages whose version is an alpha, a beta or a test.</summary>
    public bool IgnoreUnstablePackages { get; init; }

    /// <summary>The rules that categories mean: <c>v2</c>, <c>v1</c> or <c>v1beta1</c>.</summary>
    public string RuleSet { get; init; } = "v2";
}
