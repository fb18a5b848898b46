using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules.Annotations;
using Davit.Contracts.Protobuf.Rules.Declarations;
using Davit.Contracts.Protobuf.Rules.Enums;
using Davit.Contracts.Protobuf.Rules.Fields;
using Davit.Contracts.Protobuf.Rules.Files;
using Davit.Contracts.Protobuf.Rules.Http;
using Davit.Contracts.Protobuf.Rules.Lifecycles;
using Davit.Contracts.Protobuf.Rules.Messages;
using Davit.Contracts.Protobuf.Rules.Services;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules;

/// <summary>The table of contents of every rule about Protobuf. A rule that is not listed does not run, and a test says so.</summary>
internal static class ProtobufRules
{
    public static ImmutableArray<Rule<FilePair>> Files { get; } =
    [
        Rule<FilePair>.Of<FileDeleted>(),
        Rule<FilePair>.Of<FilePackageChanged>(),
        Rule<FilePair>.Of<SyntaxChanged>(),
        Rule<FilePair>.Of<FeaturesEqualSyntax>(),
    ];

    public static ImmutableArray<Rule<FileOptionPair>> FileOptions { get; } = [Rule<FileOptionPair>.Of<FileOptionChanged>()];

    public static ImmutableArray<Rule<PackagePair>> Packages { get; } = [Rule<PackagePair>.Of<PackageDeleted>()];

    public static ImmutableArray<Rule<FileDeclarationPair>> InFile { get; } = [Rule<FileDeclarationPair>.Of<DeclarationDeleted>()];

    public static ImmutableArray<Rule<PackageDeclarationPair>> InPackage { get; } = [Rule<PackageDeclarationPair>.Of<DeclarationDeletedFromPackage>()];

    public static ImmutableArray<Rule<MovePair>> Moves { get; } = [Rule<MovePair>.Of<DeclarationMoved>()];

    public static ImmutableArray<Rule<ElementPair>> Extensions { get; } = [Rule<ElementPair>.Of<ExtensionNumberChanged>()];

    public static ImmutableArray<Rule<AdditionPair>> Additions { get; } = [Rule<AdditionPair>.Of<Added>()];

    public static ImmutableArray<Rule<RemovalPair>> Removals { get; } = [Rule<RemovalPair>.Of<RemovedWithDeprecation>()];

    public static ImmutableArray<Rule<ElementPair>> Elements { get; } =
    [
        Rule<ElementPair>.Of<Deprecated>(),
        Rule<ElementPair>.Of<Reactivated>(),
        Rule<ElementPair>.Of<ResourcePatternChanged>(),
        Rule<ElementPair>.Of<MethodSignatureChanged>(),
    ];

    public static ImmutableArray<Rule<MessagePair>> Messages { get; } =
    [
        Rule<MessagePair>.Of<MessageJsonFormat>(),
        Rule<MessagePair>.Of<AccessorRemoved>(),
    ];

    public static ImmutableArray<Rule<RangePair>> ExtensionRanges { get; } = [Rule<RangePair>.Of<ExtensionRangeDeleted>()];

    public static ImmutableArray<Rule<RangePair>> ReservedRanges { get; } = [Rule<RangePair>.Of<ReservedRangeDeleted>()];

    public static ImmutableArray<Rule<ReservedNamePair>> ReservedNames { get; } = [Rule<ReservedNamePair>.Of<ReservedNameDeleted>()];

    public static ImmutableArray<Rule<OneofPair>> Oneofs { get; } = [Rule<OneofPair>.Of<OneofDeleted>()];

    public static ImmutableArray<Rule<RequiredPair>> Required { get; } = [Rule<RequiredPair>.Of<RequiredFieldsChanged>()];

    public static ImmutableArray<Rule<FieldPair>> Fields { get; } =
    [
        Rule<FieldPair>.Of<FieldDeleted>(),
        Rule<FieldPair>.Of<FieldNumberFreed>(),
        Rule<FieldPair>.Of<FieldNameFreed>(),
        Rule<FieldPair>.Of<FieldTypeChanged>(),
        Rule<FieldPair>.Of<FieldWireTypeChanged>(),
        Rule<FieldPair>.Of<FieldJsonTypeChanged>(),
        Rule<FieldPair>.Of<FieldCardinalityChanged>(),
        Rule<FieldPair>.Of<FieldWireCardinalityChanged>(),
        Rule<FieldPair>.Of<FieldJsonCardinalityChanged>(),
        Rule<FieldPair>.Of<FieldNameChanged>(),
        Rule<FieldPair>.Of<FieldJsonNameChanged>(),
        Rule<FieldPair>.Of<FieldDefaultChanged>(),
        Rule<FieldPair>.Of<FieldOneofChanged>(),
        Rule<FieldPair>.Of<OneofFieldAdded>(),
        Rule<FieldPair>.Of<RequiredFieldAdded>(),
        Rule<FieldPair>.Of<FieldCppStringChanged>(),
        Rule<FieldPair>.Of<FieldJavaUtf8Changed>(),
        Rule<FieldPair>.Of<FieldUtf8Changed>(),
        Rule<FieldPair>.Of<FieldJsTypeChanged>(),
        Rule<FieldPair>.Of<ValidateExpressionChanged>(),
        Rule<FieldPair>.Of<UnknownConstraintChanged>(),
    ];

    public static ImmutableArray<Rule<BehaviorPair>> Behaviors { get; } = [Rule<BehaviorPair>.Of<FieldBehaviorAdded>()];

    public static ImmutableArray<Rule<OptionPair>> Options { get; } = [Rule<OptionPair>.Of<CustomOptionChanged>()];

    public static ImmutableArray<Rule<ConstraintPair>> Constraints { get; } =
    [
        Rule<ConstraintPair>.Of<ConstraintNarrowed>(),
        Rule<ConstraintPair>.Of<ConstraintWidened>(),
    ];

    public static ImmutableArray<Rule<EnumPair>> Enums { get; } =
    [
        Rule<EnumPair>.Of<EnumTypeChanged>(),
        Rule<EnumPair>.Of<EnumJsonFormat>(),
    ];

    public static ImmutableArray<Rule<EnumNumberPair>> EnumNumbers { get; } =
    [
        Rule<EnumNumberPair>.Of<EnumValueDeleted>(),
        Rule<EnumNumberPair>.Of<EnumValueNumberFreed>(),
        Rule<EnumNumberPair>.Of<EnumValueNameFreed>(),
    ];

    public static ImmutableArray<Rule<EnumValuePair>> EnumValues { get; } = [Rule<EnumValuePair>.Of<EnumValueNameChanged>()];

    public static ImmutableArray<Rule<MethodPair>> Methods { get; } =
    [
        Rule<MethodPair>.Of<MethodDeleted>(),
        Rule<MethodPair>.Of<RequestTypeChanged>(),
        Rule<MethodPair>.Of<ResponseTypeChanged>(),
        Rule<MethodPair>.Of<ClientStreamingChanged>(),
        Rule<MethodPair>.Of<ServerStreamingChanged>(),
        Rule<MethodPair>.Of<IdempotencyChanged>(),
    ];

    public static ImmutableArray<Rule<BindingPair>> Bindings { get; } =
    [
        Rule<BindingPair>.Of<HttpVerbChanged>(),
        Rule<BindingPair>.Of<HttpPathChanged>(),
        Rule<BindingPair>.Of<HttpBodyChanged>(),
        Rule<BindingPair>.Of<HttpResponseBodyChanged>(),
        Rule<BindingPair>.Of<HttpBindingAdded>(),
        Rule<BindingPair>.Of<HttpBindingRemoved>(),
    ];

    public static IEnumerable<RuleSpec> All =>
    [
        .. Files.SelectMany(r => r.Specs),
        .. FileOptions.SelectMany(r => r.Specs),
        .. Packages.SelectMany(r => r.Specs),
        .. InFile.SelectMany(r => r.Specs),
        .. InPackage.SelectMany(r => r.Specs),
        .. Moves.SelectMany(r => r.Specs),
        .. Extensions.SelectMany(r => r.Specs),
        .. Additions.SelectMany(r => r.Specs),
        .. Removals.SelectMany(r => r.Specs),
        .. Elements.SelectMany(r => r.Specs),
        .. Messages.SelectMany(r => r.Specs),
        .. ExtensionRanges.SelectMany(r => r.Specs),
        .. ReservedRanges.SelectMany(r => r.Specs),
        .. ReservedNames.SelectMany(r => r.Specs),
        .. Oneofs.SelectMany(r => r.Specs),
        .. Required.SelectMany(r => r.Specs),
        .. Fields.SelectMany(r => r.Specs),
        .. Enums.SelectMany(r => r.Specs),
        .. EnumNumbers.SelectMany(r => r.Specs),
        .. EnumValues.SelectMany(r => r.Specs),
        .. Methods.SelectMany(r => r.Specs),
        .. Bindings.SelectMany(r => r.Specs),
        .. Behaviors.SelectMany(r => r.Specs),
        .. Options.SelectMany(r => r.Specs),
        .. Constraints.SelectMany(r => r.Specs),
    ];
}
