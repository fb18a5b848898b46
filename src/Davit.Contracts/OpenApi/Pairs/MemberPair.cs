using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>The same member of an object before and after; at least one of them is there.</summary>
internal sealed record MemberPair(SchemaPair Of, string Name, SchemaRef? Old, SchemaRef? New) : ISchemaPart
{
    public bool WasRequired => Of.Old.Required.Contains(Name);

    public bool IsRequired => Of.New.Required.Contains(Name);

    /// <summary>Where the list of what must be there names it.</summary>
    public Node RequiredBefore => Of.Old.Node["required"].Children.ToList().Find(r => r.Text == Name);

    public Node RequiredNow => Of.New.Node["required"].Children.ToList().Find(r => r.Text == Name);

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
