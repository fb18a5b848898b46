using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Sdl;

/// <summary>Constants, types and directive uses.</summary>
internal sealed class ValueReader(TokenCursor words)
{
    public Value Value()
    {
        var token = words.Current;
        switch (token.Kind)
        {
            case TokenKind.Int:
                return Scalar(ValueKind.Int);
            case TokenKind.Float:
                return Scalar(ValueKind.Float);
            case TokenKind.String:
                return Scalar(ValueKind.String);
            case TokenKind.Name:
                return Scalar(token.Text switch { "true" or "false" => ValueKind.Boolean, "null" => ValueKind.Null, _ => ValueKind.Enum });
        }

        if (token.Is("["))
            return List();
        if (token.Is("{"))
            return Object();
        throw words.Fault(token.Is("$") ? "a schema has no variables" : $"a value is expected here, not {token.Told}");
    }

    public TypeRef Type()
    {
        TypeRef type;
        if (words.TryTake("["))
        {
            words.Deeper();
            type = new TypeRef("", Type(), IsNonNull: false);
            words.Expect("]");
            words.Shallower();
        }
        else
        {
            type = new TypeRef(words.Name().Text, null, IsNonNull: false);
        }

        return words.TryTake("!") ? type with { IsNonNull = true } : type;
    }

    public IReadOnlyList<DirectiveUse> Uses()
    {
        if (!words.Current.Is("@"))
            return [];
        var uses = new List<DirectiveUse>();
        while (words.Current.Is("@"))
        {
            var start = words.Take().Start;
            var name = words.Name().Text;
            var arguments = words.Optional("(", ")", Argument);
            uses.Add(new DirectiveUse(name, arguments, words.Since(start)));
        }

        return uses;
    }

    private Value Scalar(ValueKind kind) => Model.Value.Of(kind, words.Take().Text);

    private Value List()
    {
        words.Deeper();
        var items = words.Optional("[", "]", Value);
        words.Shallower();
        return new Value(ValueKind.List, "", items, []);
    }

    private Value Object()
    {
        words.Deeper();
        var names = new List<string>();
        var items = words.Optional("{", "}", () =>
        {
            names.Add(words.Name().Text);
            words.Expect(":");
            return Value();
        });
        words.Shallower();
        return new Value(ValueKind.Object, "", items, names);
    }

    private DirectiveArgument Argument()
    {
        var name = words.Name();
        words.Expect(":");
        var value = Value();
        return new DirectiveArgument(name.Text, value, words.Since(name.Start));
    }
}
