using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Rules.Files;

namespace Davit.Contracts.Protobuf.Pairs;

/// <summary>The files of one path.</summary>
/// <param name="New">Null where the file is gone.</param>
internal sealed record FilePair(SetPair Of, ProtoFile Old, ProtoFile? New) : ProtoPair
{
    /// <summary>Everything that it declared is declared in another file.</summary>
    public bool IsMoved => Old.Messages is not [] || Old.Enums is not [] || Old.Services is not []
        ? ((IEnumerable<ProtoElement>)[.. Old.Messages, .. Old.Enums, .. Old.Services, .. Old.Extensions]).All(d => Of.New.Like(d, d.FullName) is { } found && found.Parent is ProtoFile == (d.Parent is ProtoFile))
        : false;

    /// <summary>Whatever is in it behaves as before.</summary>
    public bool HasSameFeatures => New is not null && Old.Features == New.Features && Old.Messages.All(HasSameFeaturesIn) && Old.Enums.All(HasSameFeaturesIn) && Old.Extensions.All(HasSameFeaturesIn);

    public override string Path => Old.Name;

    public override string Element => Old.Line;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);

    /// <summary>Fields tell: they inherit from all that stands around them.</summary>
    private bool HasSameFeaturesIn(ProtoMessage old)
    {
        if (Of.New.Message(old.FullName) is not { } @new)
            return true;
        if (old.Features != @new.Features || !old.Messages.All(HasSameFeaturesIn) || !old.Enums.All(HasSameFeaturesIn) || !old.Extensions.All(HasSameFeaturesIn))
            return false;
        var news = @new.Fields.DistinctBy(f => f.Number).ToDictionary(f => f.Number);
        return old.Fields.All(f => news.GetValueOrDefault(f.Number) is not { } same || HasSameFeaturesIn(f, same));
    }

    private bool HasSameFeaturesIn(ProtoEnum old) => Of.New.Enum(old.FullName) is not { } @new || old.Features == @new.Features;

    private bool HasSameFeaturesIn(ProtoField extension) => Of.New.Extension(extension.Extendee, extension.Number) is not { } @new || HasSameFeaturesIn(extension, @new);

    private static bool HasSameFeaturesIn(ProtoField old, ProtoField @new) => old.Cardinality == @new.Cardinality && old.Kind == @new.Kind && Unlabelled(old) == Unlabelled(@new);

    /// <summary>How presence came about is seen by the cardinality alone.</summary>
    private static (bool, bool, CppString) Unlabelled(ProtoField field) => (field.Features.VerifiesUtf8, field.Features.IsPacked || !field.IsRepeated, field.CppString);
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
