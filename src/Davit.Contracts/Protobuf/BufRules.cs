using System.Collections.Frozen;

namespace Davit.Contracts.Protobuf;

/// <summary>What a rule of buf belongs to.</summary>
[Flags]
internal enum BufCategories
{
    None = 0,
    File = 1,
    Package = 2,
    WireJson = 4,
    Wire = 8,
    Csr = 16,
}

/// <summary>The rules of buf by category, in each of its rule sets, and what became of names that it no longer uses.</summary>
internal static class BufRules
{
    private const BufCategories Older = BufCategories.File | BufCategories.Package | BufCategories.WireJson | BufCategories.Wire;

    private static readonly FrozenDictionary<string, BufCategories> Newest = FrozenDictionary.ToFrozenDictionary<string, BufCategories>(
    [
        .. In(BufCategories.File, "EXTENSION_NO_DELETE", "SERVICE_NO_DELETE"),
        .. In(BufCategories.File | BufCategories.Csr, "ENUM_NO_DELETE", "FILE_NO_DELETE", "MESSAGE_NO_DELETE"),
        .. In(BufCategories.File | BufCategories.Package, "ENUM_SAME_TYPE", "FIELD_SAME_CARDINALITY", "FIELD_SAME_CPP_STRING_TYPE", "FIELD_SAME_JAVA_UTF8_VALIDATION", "FIELD_SAME_JSTYPE", "FIELD_SAME_UTF8_VALIDATION", "RPC_NO_DELETE"),
        .. In(BufCategories.File | BufCategories.Package | BufCategories.Csr, "ENUM_VALUE_NO_DELETE", "EXTENSION_MESSAGE_NO_DELETE", "FIELD_NO_DELETE", "FIELD_SAME_TYPE", "FILE_SAME_SYNTAX", "MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR", "ONEOF_NO_DELETE"),
        .. In(BufCategories.File | BufCategories.Package | BufCategories.WireJson | BufCategories.Csr, "ENUM_SAME_JSON_FORMAT", "ENUM_VALUE_SAME_NAME", "FIELD_SAME_JSON_NAME", "FIELD_SAME_NAME", "MESSAGE_SAME_JSON_FORMAT"),
        .. In(BufCategories.File | BufCategories.Package | BufCategories.WireJson | BufCategories.Wire | BufCategories.Csr, "FIELD_SAME_DEFAULT", "FIELD_SAME_ONEOF", "FILE_SAME_PACKAGE", "MESSAGE_SAME_REQUIRED_FIELDS", "RESERVED_ENUM_NO_DELETE", "RESERVED_MESSAGE_NO_DELETE", "RPC_SAME_CLIENT_STREAMING", "RPC_SAME_IDEMPOTENCY_LEVEL", "RPC_SAME_REQUEST_TYPE", "RPC_SAME_RESPONSE_TYPE", "RPC_SAME_SERVER_STREAMING"),
        .. In(BufCategories.Package, "PACKAGE_ENUM_NO_DELETE", "PACKAGE_EXTENSION_NO_DELETE", "PACKAGE_MESSAGE_NO_DELETE", "PACKAGE_NO_DELETE", "PACKAGE_SERVICE_NO_DELETE"),
        .. In(BufCategories.WireJson | BufCategories.Csr, "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED", "FIELD_NO_DELETE_UNLESS_NAME_RESERVED", "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY", "FIELD_WIRE_JSON_COMPATIBLE_TYPE"),
        .. In(BufCategories.WireJson | BufCategories.Wire | BufCategories.Csr, "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED", "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"),
        .. In(BufCategories.Wire, "FIELD_WIRE_COMPATIBLE_CARDINALITY", "FIELD_WIRE_COMPATIBLE_TYPE"),
        .. Rules.Files.FileOption.All.SelectMany(o => In(BufCategories.File | BufCategories.Package, o.Spec.Alias!.Id)),
    ], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, BufCategories> Version1 = Newest
        .Where(r => r.Key is not ("EXTENSION_NO_DELETE" or "PACKAGE_EXTENSION_NO_DELETE" or "FIELD_SAME_DEFAULT"))
        .ToFrozenDictionary(r => r.Key, r => r.Value & Older, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, BufCategories> Version1Beta1 = Version1
        .Where(r => r.Key is not ("FIELD_WIRE_COMPATIBLE_TYPE" or "FIELD_WIRE_JSON_COMPATIBLE_TYPE"))
        .ToFrozenDictionary(r => r.Key, r => r.Key switch { "FIELD_SAME_CARDINALITY" or "FIELD_SAME_TYPE" => Older, "FILE_SAME_PACKAGE" => BufCategories.File, _ => r.Value }, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> Retired = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["FIELD_SAME_CTYPE"] = ["FIELD_SAME_CPP_STRING_TYPE"],
        ["FIELD_SAME_LABEL"] = ["FIELD_SAME_CARDINALITY", "FIELD_WIRE_COMPATIBLE_CARDINALITY", "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY"],
        ["FILE_SAME_JAVA_STRING_CHECK_UTF8"] = ["FIELD_SAME_JAVA_UTF8_VALIDATION"],
        ["FILE_SAME_PHP_GENERIC_SERVICES"] = [],
        ["MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="ruleSet"><c>v2</c>, <c>v1</c> or <c>v1beta1</c>.</param>
    /// <exception cref="ArgumentException">There is no such rule set.</exception>
    public static FrozenDictionary<string, BufCategories> Of(string ruleSet) => ruleSet switch
    {
        "v2" => Newest,
        "v1" => Version1,
        "v1beta1" => Version1Beta1,
        _ => throw new ArgumentException($"There is no rule set '{ruleSet}'.", nameof(ruleSet)),
    };

    /// <summary>The rules that a name means: itself, those of a category, or what replaced it.</summary>
    /// <exception cref="ArgumentException">Nothing has that name.</exception>
    public static IEnumerable<string> Named(string name, FrozenDictionary<string, BufCategories> rules)
    {
        if (Category(name) is var category && category is not BufCategories.None)
            return rules.Where(r => r.Value.HasFlag(category)).Select(r => r.Key);
        if (Retired.TryGetValue(name, out var replacements))
            return replacements;
        return Newest.ContainsKey(name) ? [name] : throw new ArgumentException($"There is no rule and no category '{name}'.", nameof(name));
    }

    public static BufCategories Category(string name) => name switch
    {
        "FILE" => BufCategories.File,
        "PACKAGE" => BufCategories.Package,
        "WIRE_JSON" => BufCategories.WireJson,
        "WIRE" => BufCategories.Wire,
        "CSR" => BufCategories.Csr,
        _ => BufCategories.None,
    };

    private static IEnumerable<KeyValuePair<string, BufCategories>> In(BufCategories categories, params string[] ids) => ids.Select(i => KeyValuePair.Create(i, categories));
}
