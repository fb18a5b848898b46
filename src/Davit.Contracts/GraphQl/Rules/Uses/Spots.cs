using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;

namespace Davit.Contracts.GraphQl.Rules.Uses;

internal static class Spots
{
    /// <summary>One spec for each spot, such as <c>DIRECTIVE_USAGE_ENUM_VALUE_ADDED</c>.</summary>
    /// <param name="does">What the carrier does, such as <c>now carries</c>.</param>
    public static ImmutableSortedDictionary<Spot, RuleSpec> Specs(string ending, string does) => Enum.GetValues<Spot>().ToImmutableSortedDictionary(
        spot => spot, spot => Gql.Known($"DIRECTIVE_USAGE_{Name(spot)}_{ending}", Severity.Warning, Side.Neither, $"{Told(spot)} {does} a directive."));

    private static string Name(Spot spot) => spot switch
    {
        Spot.Schema => "SCHEMA",
        Spot.Scalar => "SCALAR",
        Spot.Object => "OBJECT",
        Spot.Interface => "INTERFACE",
        Spot.UnionMember => "UNION_MEMBER",
        Spot.Enum => "ENUM",
        Spot.EnumValue => "ENUM_VALUE",
        Spot.InputObject => "INPUT_OBJECT",
        Spot.InputFieldDefinition => "INPUT_FIELD_DEFINITION",
        Spot.Field => "FIELD",
        Spot.FieldDefinition => "FIELD_DEFINITION",
        _ => "ARGUMENT_DEFINITION",
    };

    private static string Told(Spot spot) => spot switch
    {
        Spot.Schema => "The schema",
        Spot.Scalar => "A scalar",
        Spot.Object => "An object type",
        Spot.Interface => "An interface",
        Spot.UnionMember => "A union",
        Spot.Enum => "An enum",
        Spot.EnumValue => "A value of an enum",
        Spot.InputObject => "An input type",
        Spot.InputFieldDefinition => "A field of an input type",
        Spot.Field => "A field of an operation",
        Spot.FieldDefinition => "A field",
        _ => "An argument",
    };
}
