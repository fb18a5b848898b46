using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules;
using Davit.Contracts.Protobuf.Rules.Files;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Walks two sets together: files by path, declarations by full name, fields and values by number.</summary>
internal sealed class SetWalk(SetPair sets, FindingSink sink)
{
    private readonly AnnotationWalk _annotations = new(sink);
    private readonly MessageWalk _messages = new(sets, sink);
    private readonly EnumWalk _enums = new(sink);
    private readonly ServiceWalk _services = new(sink);

    public void Run()
    {
        foreach (var file in sets.Old.Files.Values)
            Walk(new FilePair(sets, file, sets.NewOf(file)));
        foreach (var package in sets.Old.Files.Values.GroupBy(f => f.Package, StringComparer.Ordinal))
            sink.Judge(ProtobufRules.Packages, new PackagePair(sets, package.Key, package.First()));
        foreach (var declaration in sets.Old.Declarations())
            Declared(declaration);
        foreach (var extension in sets.Old.Extensions)
        {
            if (sets.New.Extensions.TryGetValue(extension.Key, out var partner))
                _messages.Walk(new FieldPair(sets, null, extension.Value, partner));
            else if (sets.New.Like(extension.Value, extension.Value.FullName) is { } renumbered)
                sink.Judge(ProtobufRules.Extensions, new ElementPair(extension.Value, renumbered));
        }

        Additions();
    }

    private void Walk(FilePair pair)
    {
        sink.Judge(ProtobufRules.Files, pair);
        if (pair.New is not { } @new)
            return;
        foreach (var option in pair.Old.Options.Same(@new.Options) ? [] : FileOption.All)
            sink.Judge(ProtobufRules.FileOptions, new FileOptionPair(pair, option, option.Read(pair.Old.Options, option.Number), option.Read(@new.Options, option.Number)));
        _annotations.Walk(new ElementPair(pair.Old, @new));
    }

    private void Declared(ProtoElement old)
    {
        var partner = sets.New.Like(old, old.FullName);
        Placed(old, partner);
        switch (old, partner)
        {
            case (ProtoMessage before, ProtoMessage now):
                _messages.Walk(new MessagePair(sets, before, now));
                break;
            case (ProtoEnum before, ProtoEnum now):
                _enums.Walk(new EnumPair(before, now));
                break;
            case (ProtoService before, ProtoService now):
                _services.Walk(new ServicePair(before, now));
                break;
        }

        if (partner is not null)
            _annotations.Walk(new ElementPair(old, partner));
    }

    /// <summary>Whether it is still in its file and its package.</summary>
    private void Placed(ProtoElement old, ProtoElement? partner)
    {
        var file = sets.NewOf(old.File);
        if (file is not null)
            InFile(new FileDeclarationPair(sets, old, file));
        if (sets.New.Packages.Contains(old.File.Package))
            InPackage(new PackageDeclarationPair(sets, old, file));
        if (partner is not null && old.Parent is ProtoFile && partner.Parent is ProtoFile)
            sink.Judge(ProtobufRules.Moves, new MovePair(old, partner, partner.File != file));
    }

    private void InFile(FileDeclarationPair pair)
    {
        sink.Judge(ProtobufRules.InFile, pair);
        if (pair.IsAnnouncedRemoval)
            sink.Judge(ProtobufRules.Removals, new RemovalPair(pair.Old, pair.After, IsAnnounced: true));
    }

    private void InPackage(PackageDeclarationPair pair)
    {
        sink.Judge(ProtobufRules.InPackage, pair);
        if (pair.IsLostOnMove)
            sink.Judge(ProtobufRules.Removals, new RemovalPair(pair.Old, pair.After, pair.Old.IsDeprecated));
    }

    private void Additions()
    {
        foreach (var file in sets.New.Files.Values.Where(f => sets.OldOf(f) is null))
            sink.Judge(ProtobufRules.Additions, new AdditionPair(file));
        foreach (var declaration in sets.New.Declarations().Where(IsNew))
            sink.Judge(ProtobufRules.Additions, new AdditionPair(declaration));
    }

    /// <summary>What is new with its file or with what it stands in is told with that; so is what is only of another package.</summary>
    private bool IsNew(ProtoElement declaration) => sets.Old.Like(declaration, declaration.FullName) is null
        && declaration is not ProtoMessage { IsMapEntry: true }
        && sets.OldOf(declaration.File) is { } file && file.Package == declaration.File.Package
        && (declaration.Parent is ProtoFile || sets.Old.Messages.ContainsKey(declaration.Parent!.FullName));
}
