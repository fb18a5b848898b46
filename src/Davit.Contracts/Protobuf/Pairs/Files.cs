using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Rules.Files;

namespace Davit.Contracts.Protobuf.Pairs;

/// <summary>The files of one path.</summary>
/// <param name="New">Null where the file is gone.</param>
internal sealed record FilePair(SetPair Of, ProtoFile Old, ProtoFile? New) : ProtoPair
{
    /// <summary>Everything that it declared is declared in another file.</summary>
    public bool IsMoved => Old.Messages is not [] || Old.Enums is not [] || Old.Services is not []
        ? ((IEnumerable<ProtoElement>)[.. Old.Messages, .. Old.Enums, .. Old.Services, .. Old.Extensions]).All(d => Of.New.Like(d, d.FullName) is not null)
        : false;

    /// <summary>Whatever is in it behaves as before.</summary>
    public bool HasSameFeatures => New is not null && Old.Features == New.Features && Old.Messages.All(HasSameFeaturesIn);

    public override string Path => Old.Name;

    public override string Element => Old.Line;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);

    /// <summary>Fields tell: they inherit from all that stands around them.</summary>
    private bool HasSameFeaturesIn(ProtoMessage old) => Of.New.Message(old.FullName) is not { } @new
        || (old.Features == @new.Features && old.Messages.All(HasSameFeaturesIn)
            && old.Fields.All(f => @new.Fields.FirstOrDefault(n => n.Number == f.Number) is not { } same || (f.Cardinality == same.Cardinality && f.Kind == same.Kind && Unlabelled(f) == Unlabelled(same))));

    /// <summary>How presence came about is seen by the cardinality alone.</summary>
    private static (bool, bool) Unlabelled(ProtoField field) => (field.Features.VerifiesUtf8, field.Features.IsPacked || !field.IsRepeated);
}

/// <summary>An option that concerns a file as a whole.</summary>
internal sealed record FileOptionPair(FilePair Of, FileOption Option, string Old, string New) : ProtoPair
{
    public override string Path => Of.Path;

    public override string Element => Of.Element;

    public override Place Before => Of.Before;

    public override Place After => Of.After;

    public override string OldLine => Old;

    public override string NewLine => New;
}

/// <summary>A package that the old set has.</summary>
internal sealed record PackagePair(SetPair Of, string Name, ProtoFile First) : ProtoPair
{
    public bool IsThere => Of.New.Packages.Contains(Name);

    public override string Path => Name;

    public override string Element => $"package {Name}".TrimEnd();

    public override Place Before => Place.Of(First);

    public override Place After => Place.Nowhere;
}
