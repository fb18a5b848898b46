using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>The same schema before and after.</summary>
internal sealed class SchemaPair(OperationPair operation, Schema old, Schema @new, Scope scope, string media, Parameter? parameter = null)
{
    private BranchPairing? _allOf;
    private BranchPairing? _anyOf;
    private BranchPairing? _oneOf;
    private BranchPairing? _prefixItems;
    private Transition? _transition;
    private TypeChange? _types;

    public OperationPair Operation { get; } = operation;

    public Schema Old { get; } = old;

    public Schema New { get; } = @new;

    public Scope Scope { get; } = scope;

    /// <summary>The media type of the message it stands in; empty outside bodies.</summary>
    public string Media { get; } = media;

    /// <summary>It stands in a header of a request.</summary>
    public bool IsRequestHeader => parameter is { In: "header" };

    /// <summary>The elements of the parameter are written apart, as in <c>a=1&amp;a=2</c>.</summary>
    public bool IsFormExploded => parameter is { Style: "form", Explode: true };

    /// <summary>The scope of what stands inside.</summary>
    public Scope ScopeInside => IsRequestHeader ? Scope.RequestHeaderProperty : Scope.Inside();

    public BranchPairing AllOf => _allOf ??= BranchPairing.Of(Old, New, "allOf");

    public BranchPairing AnyOf => _anyOf ??= BranchPairing.Of(Old, New, "anyOf");

    public BranchPairing OneOf => _oneOf ??= BranchPairing.Of(Old, New, "oneOf");

    public BranchPairing PrefixItems => _prefixItems ??= BranchPairing.Of(Old, New, "prefixItems");

    public Transition Transition => _transition ??= Transition.Of(this);

    public TypeChange Types => _types ??= new TypeChange(this);

    /// <summary>One of them is a choice between alternatives.</summary>
    public bool IsUnion => UnionFit.IsUnion(Old) || UnionFit.IsUnion(New);

    public Change Nullability => SchemaVerdicts.Nullability(this);

    public TypeVerdict TypeVerdict => SchemaVerdicts.OfTypes(this);

    public IReadOnlyList<string> MappingAdded => [.. New.Mapping.Keys.Except(Old.Mapping.Keys, StringComparer.Ordinal).Where(_ => Old.Has("discriminator"))];

    public IReadOnlyList<string> MappingRemoved => [.. Old.Mapping.Keys.Except(New.Mapping.Keys, StringComparer.Ordinal).Where(_ => New.Has("discriminator"))];

    public SchemaPair Inside(Schema old, Schema @new, Scope scope) => new(Operation, old, @new, scope, Media, parameter);

    /// <summary>How the greatest value that is allowed moved, whichever keyword says it.</summary>
    public BoundChange Upper => Bounds.Compare(Bounds.Upper(Old), Bounds.Upper(New), isUpper: true);

    /// <summary>The same for the least value.</summary>
    public BoundChange Lower => Bounds.Compare(Bounds.Lower(Old), Bounds.Lower(New), isUpper: false);

    public bool Gained(string keyword) => !Old.Has(keyword) && New.Has(keyword);

    public bool Lost(string keyword) => Old.Has(keyword) && !New.Has(keyword);
}
