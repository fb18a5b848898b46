namespace Davit.Cli.Contracts.Protobuf;

/// <summary>
/// What languages add to the features of editions. The package of the compiler does not bring these definitions, and files that use
/// them do not compile without; names and numbers are all that is needed for that.
/// </summary>
internal static class LanguageFeatures
{
    private static readonly Language[] All =
    [
        new("cpp", 1000, "CppFeatures",
        [
            new(1, "legacy_closed_enum"), new(2, "string_type", "StringType", "STRING_TYPE_UNKNOWN", "VIEW", "CORD", "STRING"), new(3, "enum_name_uses_string_view"),
        ]),
        new("java", 1001, "JavaFeatures",
        [
            new(1, "legacy_closed_enum"), new(2, "utf8_validation", "Utf8Validation", "UTF8_VALIDATION_UNKNOWN", "DEFAULT", "VERIFY"), new(3, "large_enum"), new(4, "use_old_outer_classname_default"),
            new(5, "nest_in_file_class", "NestInFileClassFeature.NestInFileClass", "NEST_IN_FILE_CLASS_UNKNOWN", "NO", "YES", "LEGACY"),
        ]),
        new("go", 1002, "GoFeatures",
        [
            new(1, "legacy_unmarshal_json_enum"), new(2, "api_level", "ApiLevel", "API_LEVEL_UNSPECIFIED", "API_OPEN", "API_HYBRID", "API_OPAQUE"),
            new(3, "strip_enum_prefix", "StripEnumPrefix", "STRIP_ENUM_PREFIX_UNSPECIFIED", "STRIP_ENUM_PREFIX_KEEP", "STRIP_ENUM_PREFIX_GENERATE_BOTH", "STRIP_ENUM_PREFIX_STRIP"),
        ]),
    ];

    /// <summary>Writes one file for each language below a directory in which imports are looked for.</summary>
    public static void Write(string root)
    {
        var directory = Directory.CreateDirectory(Path.Combine(root, "google", "protobuf")).FullName;
        foreach (var language in All)
            File.WriteAllText(Path.Combine(directory, $"{language.Name}_features.proto"), Text(language));
    }

    private static string Text(Language language) => string.Concat((string[])
    [
        "edition = \"2023\";\npackage pb;\nimport \"google/protobuf/descriptor.proto\";\n",
        $"extend google.protobuf.FeatureSet {{ {language.Message} {language.Name} = {language.Number}; }}\nmessage {language.Message} {{\n",
        .. language.Features.Select(f => $"  {(f.Type is "" ? "bool" : f.Type)} {f.Name} = {f.Number};\n{Enum(f)}"),
        "}\n",
    ]);

    /// <summary>Values are numbered in their order. One dot in the name of the type means that a message stands around it.</summary>
    private static string Enum(Feature feature)
    {
        if (feature.Type.Split('.') is not [.. var around, { Length: > 0 } name])
            return "";
        var text = $"enum {name} {{ {string.Concat(feature.Values.Select((v, number) => $"{v} = {number}; "))}}}";
        return around is [var message] ? $"  message {message} {{ {text} }}\n" : $"  {text}\n";
    }

    private sealed record Language(string Name, int Number, string Message, Feature[] Features);

    /// <param name="Type">Empty for a switch.</param>
    private sealed record Feature(int Number, string Name, string Type = "", params string[] Values);
}
