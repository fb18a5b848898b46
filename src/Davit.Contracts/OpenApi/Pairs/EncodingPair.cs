using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>How one part of a form is written, in one respect, before and after.</summary>
/// <param name="Property">The part.</param>
/// <param name="Respect">Such as <c>contentType</c>.</param>
/// <param name="OldValue">What holds, whether it is written or not.</param>
internal sealed record EncodingPair(MediaTypePair Of, string Property, string Respect, string OldValue, string NewValue);

/// <summary>A header of one part of a form before and after; at least one of them is there.</summary>
internal sealed record EncodingHeaderPair(MediaTypePair Of, string Property, string Header, Node Old, Node New);
