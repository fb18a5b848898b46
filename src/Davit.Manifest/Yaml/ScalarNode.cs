using System.Globalization;
using System.Numerics;

namespace Davit.Manifest.Yaml;

internal enum ScalarKind
{
    Null,
    Bool,
    Integer,
    Float,
    Text,

    /// <summary>A value that could not be computed; it passes every check, because its own fault was reported already.</summary>
    Unknown,
}

/// <summary>A scalar with its resolved kind. Numbers keep their value in invariant text.</summary>
internal sealed class ScalarNode(ScalarKind kind, string text) : Node
{
    public ScalarKind Kind { get; } = kind;

    /// <summary>The text of a string; <c>true</c>/<c>false</c>; a decimal integer; a round-trip float; empty for null.</summary>
    public string Text { get; } = text;

    /// <summary>Names of variables that were put in here.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>It was written like a date, which the reference takes for a value of a kind that no key holds.</summary>
    public bool IsTimestamp { get; init; }

    public bool IsTrue => Kind is ScalarKind.Bool && Text is "true";

    public bool IsNumber => Kind is ScalarKind.Integer or ScalarKind.Float;

    public static ScalarNode OfText(string text) => new(ScalarKind.Text, text);

    public static ScalarNode OfBool(bool value) => new(ScalarKind.Bool, value ? "true" : "false");

    public static ScalarNode OfInteger(BigInteger value) => new(ScalarKind.Integer, value.ToString(CultureInfo.InvariantCulture));

    public double AsDouble => double.Parse(Text, CultureInfo.InvariantCulture);

    public bool TryLong(out long value) => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>The value as Go's <c>fmt.Sprint</c> prints it, which is how Compose turns values into text.</summary>
    public string Printed => Kind is ScalarKind.Float ? GoFormat.Float(AsDouble) : Kind is ScalarKind.Null ? "<nil>" : Text;

    public ScalarNode With(ScalarKind newKind, string newText, IReadOnlyList<string>? variables = null) =>
        new(newKind, newText) { File = File, Line = Line, Column = Column, Tag = Tag, Replaced = Replaced, Variables = variables ?? Variables };

    public override Node Clone(SourceFile? asFile = null) => new ScalarNode(Kind, Text)
    {
        File = asFile ?? File, Line = Line, Column = Column, Tag = Tag, Replaced = Replaced, Variables = Variables, IsTimestamp = IsTimestamp,
    };

    public override bool SameAs(Node? other) => other is ScalarNode scalar && scalar.Kind == Kind && scalar.Text == Text;
}
