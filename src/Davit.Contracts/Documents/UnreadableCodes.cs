namespace Davit.Contracts.Documents;

/// <summary>The stable codes of <see cref="UnreadableException"/>.</summary>
public static class UnreadableCodes
{
    /// <summary>The text is not well-formed.</summary>
    public const string Syntax = "DV8001";

    /// <summary>The bytes are not UTF-8.</summary>
    public const string Encoding = "DV8003";

    /// <summary>What kind of contract it is cannot be told.</summary>
    public const string Format = "DV8004";

    /// <summary>The version of the format is not one of those that are known.</summary>
    public const string Version = "DV8005";

    /// <summary>A file, a set of files or one value is too large.</summary>
    public const string TooLarge = "DV8010";

    /// <summary>Values are nested too deeply.</summary>
    public const string TooDeep = "DV8011";

    /// <summary>YAML aliases unfold to too much.</summary>
    public const string Aliases = "DV8012";

    /// <summary>There are too many values.</summary>
    public const string TooMany = "DV8013";

    /// <summary>References lead in a circle, or through too many others.</summary>
    public const string ReferenceChain = "DV8014";

    /// <summary>A reference leads to nothing.</summary>
    public const string Unresolved = "DV8015";

    /// <summary>A reference leads out of the directory of the contract.</summary>
    public const string OutsideRoot = "DV8016";

    /// <summary>A reference leads to another machine.</summary>
    public const string Remote = "DV8017";

    /// <summary>Two operations cannot be told apart.</summary>
    public const string Ambiguous = "DV8020";
}
