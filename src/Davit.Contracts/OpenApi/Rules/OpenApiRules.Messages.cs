using System.Collections.Immutable;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Bodies;
using Davit.Contracts.OpenApi.Rules.Parameters;
using Davit.Contracts.OpenApi.Rules.Responses;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <content>Rules about what is sent and answered.</content>
internal static partial class OpenApiRules
{
    public static ImmutableArray<Rule<ParameterPair>> Parameters { get; } =
    [
        Rule<ParameterPair>.Of<ParameterAdded>(),
        Rule<ParameterPair>.Of<ParameterRemoved>(),
        Rule<ParameterPair>.Of<ParameterSunsetUnreadable>(),
        Rule<ParameterPair>.Of<ParameterDeprecation>(),
        Rule<ParameterPair>.Of<ParameterSunsetDeleted>(),
        Rule<ParameterPair>.Of<ParameterSunsetMoved>(),
        Rule<ParameterPair>.Of<ParameterRequiredChanged>(),
        Rule<ParameterPair>.Of<ParameterSerializationChanged>(),
        Rule<ParameterPair>.Of<ParameterEmptyValueChanged>(),
        Rule<ParameterPair>.Of<ParameterReservedChanged>(),
        Rule<ParameterPair>.Of<ParameterContentChanged>(),
        Rule<ParameterPair>.Of<ParameterMoved>(),
        Rule<ParameterPair>.Of<PathParameterRenamed>(),
        Rule<ParameterPair>.Of<QuerystringParameterChanged>(),
        Rule<ParameterPair>.Of<ParameterStability>(),
    ];

    public static ImmutableArray<Rule<BodyPair>> Bodies { get; } =
    [
        Rule<BodyPair>.Of<RequestBodyAdded>(),
        Rule<BodyPair>.Of<RequestBodyRemoved>(),
        Rule<BodyPair>.Of<RequestBodyRequiredChanged>(),
    ];

    public static ImmutableArray<Rule<MediaTypePair>> MediaTypes { get; } =
    [
        Rule<MediaTypePair>.Of<MediaTypeAdded>(),
        Rule<MediaTypePair>.Of<MediaTypeRemoved>(),
        Rule<MediaTypePair>.Of<MediaTypeNameChanged>(),
        Rule<MediaTypePair>.Of<MediaTypeSchemaChanged>(),
        Rule<MediaTypePair>.Of<RequestMediaTypeNameChanged>(),
        Rule<MediaTypePair>.Of<ItemSchemaChanged>(),
    ];

    public static ImmutableArray<Rule<ResponsePair>> Responses { get; } =
    [
        Rule<ResponsePair>.Of<ResponseStatusAdded>(),
        Rule<ResponsePair>.Of<ResponseStatusRemoved>(),
        Rule<ResponsePair>.Of<ResponseDefaultChanged>(),
        Rule<ResponsePair>.Of<ResponseRangeChanged>(),
        Rule<ResponsePair>.Of<ResponseBodyChanged>(),
    ];

    public static ImmutableArray<Rule<HeaderPair>> Headers { get; } =
    [
        Rule<HeaderPair>.Of<ResponseHeaderAdded>(),
        Rule<HeaderPair>.Of<ResponseHeaderRemoved>(),
        Rule<HeaderPair>.Of<ResponseHeaderBecameOptional>(),
        Rule<HeaderPair>.Of<ResponseHeaderBecameRequired>(),
        Rule<HeaderPair>.Of<ResponseHeaderSerializationChanged>(),
        Rule<HeaderPair>.Of<ResponseHeaderDeprecation>(),
        Rule<HeaderPair>.Of<ResponseHeaderRetired>(),
    ];

    public static ImmutableArray<Rule<EncodingPair>> Encodings { get; } =
    [
        Rule<EncodingPair>.Of<EncodingChanged>(),
    ];

    public static ImmutableArray<Rule<EncodingHeaderPair>> EncodingHeaders { get; } =
    [
        Rule<EncodingHeaderPair>.Of<EncodingHeaderChanged>(),
    ];
}
