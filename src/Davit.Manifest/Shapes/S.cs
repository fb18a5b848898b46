using System.Text.RegularExpressions;

namespace Davit.Manifest.Shapes;

/// <summary>The vocabulary the shape tables are written in.</summary>
internal static partial class S
{
    public static Shape Any { get; } = new()
    {
        Kinds = Kinds.Text | Kinds.Integer | Kinds.Number | Kinds.Flag | Kinds.Null,
        List = new ListShape(new Shape { Kinds = Kinds.None }, false),
        Map = new MapShape { IsOpen = true },
        Says = "anything",
    };

    public static Shape Text { get; } = new() { Kinds = Kinds.Text };

    public static Shape Null { get; } = new() { Kinds = Kinds.Null };

    public static Shape Flag { get; } = new() { Kinds = Kinds.Flag };

    public static Shape Integer { get; } = new() { Kinds = Kinds.Integer };

    public static Shape Number { get; } = new() { Kinds = Kinds.Number | Kinds.Integer };

    public static Shape FlagOrText { get; } = Flag.Or(Text);

    public static Shape IntegerOrText { get; } = Integer.Or(Text);

    public static Shape NumberOrText { get; } = Number.Or(Text);

    public static Shape Texts { get; } = List(Text, unique: true);

    public static Shape PlainTexts { get; } = List(Text);

    public static Shape TextOrTexts { get; } = Text.Or(Texts);

    public static Shape Command { get; } = Text.Or(PlainTexts).Or(Null);

    /// <summary>A mapping of scalars, or a list of <c>KEY=VALUE</c>.</summary>
    public static Shape Pairs { get; } = MapOf(Text.Or(Number).Or(Flag).Or(Null)).Or(Texts);

    public static Shape Options { get; } = MapOf(NumberOrText);

    public static Shape OneOf(params string[] allowed) => Text with { Allowed = allowed };

    public static Shape List(Shape item, bool unique = false) => new() { List = new ListShape(item, unique) };

    public static Shape MapOf(Shape values) => new() { Map = new MapShape { Others = values, TakesExtensions = false } };

    public static Shape Named(Shape values, bool open = false) => new()
    {
        Map = new MapShape { Others = values, OtherKeys = NameForm(), IsOpen = open, TakesExtensions = false },
    };

    public static Shape Map(params (string Key, Shape Shape)[] known) => Map([], known);

    public static Shape Map(string[] required, params (string Key, Shape Shape)[] known) => new()
    {
        Map = new MapShape { Known = known.ToDictionary(k => k.Key, k => k.Shape, StringComparer.Ordinal), Required = required },
    };

    /// <summary>The same without <c>x-*</c> keys.</summary>
    public static Shape Closed(this Shape shape) => shape with { Map = shape.Map! with { TakesExtensions = false } };

    [GeneratedRegex("^[a-zA-Z0-9._-]+\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    public static partial Regex NameForm();

    [GeneratedRegex("^[a-z]+\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    public static partial Regex LowerForm();

    [GeneratedRegex("[a-zA-Z0-9][a-zA-Z0-9_.-]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    public static partial Regex ContainerNameForm();

    [GeneratedRegex("always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    public static partial Regex PullPolicyForm();
}
