namespace Davit.Contracts.Protobuf.Model;

/// <summary>Options that well-known packages define, by number.</summary>
internal static class Annotations
{
    /// <summary><c>google.api.method_signature</c>, on methods.</summary>
    public const int MethodSignature = 1051;

    /// <summary><c>google.api.field_behavior</c>, on fields.</summary>
    public const int FieldBehavior = 1052;

    /// <summary><c>google.api.resource</c>, on messages.</summary>
    public const int Resource = 1053;

    /// <summary><c>buf.validate</c>, on fields, messages and oneofs.</summary>
    public const int Validate = 1159;

    private const int FirstExtension = 1000;

    /// <summary>The message of options that an element has.</summary>
    public static string OptionsOf(ProtoElement element) => "google.protobuf." + element switch
    {
        ProtoFile => "FileOptions",
        ProtoMessage => "MessageOptions",
        ProtoField => "FieldOptions",
        ProtoOneof => "OneofOptions",
        ProtoEnum => "EnumOptions",
        ProtoEnumValue => "EnumValueOptions",
        ProtoService => "ServiceOptions",
        _ => "MethodOptions",
    };

    /// <summary>An option that no rule of its own understands.</summary>
    public static bool IsCustom(ProtoElement element, int number) => number >= FirstExtension && (element, number) is not ((ProtoMethod, MethodSignature or HttpBinding.Option) or (ProtoField, FieldBehavior or Validate) or (ProtoMessage, Resource));
}
