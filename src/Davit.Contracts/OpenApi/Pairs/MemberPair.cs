using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>The same member of an object before and after; at least one of them is there.</summary>
internal sealed record MemberPair(SchemaPair Of, string Name, SchemaRef? Old, SchemaRef? New) : ISchemaPart
{
    public bool WasRequired => Of.Old.Required.Contains(Name);

    public bool IsRequired => Of.New.Required.Contains(Name);

    public bool IsAdded => Old is null;

    public bool IsRemoved => New is null;

    /// <summary>It went into the alternatives that its object was split into.</summary>
    public bool HasMoved => Of.Transition.MovedMembers.Contains(Name, StringComparer.Ordinal);

    public bool IsKept => Old is not null && New is not null;

    /// <summary>What the member says now, or said last.</summary>
    public Schema Schema => (New ?? Old)!.Value.Schema;

    /// <summary>Read-only members are no part of requests, write-only ones none of responses.</summary>
    public bool IsUnseen => Of.Scope.IsRequest() ? Schema.IsReadOnly : Schema.IsWriteOnly;
}
