using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>The versions of the specification that differ in what they allow.</summary>
internal enum SpecVersion
{
    V20,
    V30,
    V31,
    V32,
}

internal static class SpecVersions
{
    /// <summary>A document that does not say is held for the newest, which allows the most.</summary>
    /// <exception cref="UnreadableException">It is written in a version that is not known.</exception>
    public static SpecVersion Of(Node root)
    {
        var declared = root["openapi"];
        if (!declared.Exists && root["swagger"] is { Exists: true } swagger)
            return swagger.Scalar is "2.0" ? SpecVersion.V20 : throw Unknown(swagger);
        return declared.Scalar switch
        {
            null or "" or "null" => SpecVersion.V32,
            ['3', '.', '0', ..] => SpecVersion.V30,
            ['3', '.', '1', ..] => SpecVersion.V31,
            ['3', '.', '2', ..] => SpecVersion.V32,
            _ => throw Unknown(declared),
        };
    }

    public static string Name(this SpecVersion version) => version switch { SpecVersion.V20 => "2.0", SpecVersion.V30 => "3.0", SpecVersion.V31 => "3.1", _ => "3.2" };

    private static UnreadableException Unknown(Node version) => new(UnreadableCodes.Version, $"version {version.Scalar ?? "?"} is not known; 2.0, 3.0, 3.1 and 3.2 are", version.Where);
}
