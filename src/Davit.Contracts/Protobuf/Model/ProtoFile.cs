using Davit.Contracts.Documents;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>One file of a set, as compiled.</summary>
internal sealed class ProtoFile : ProtoElement
{
    private const int ImageExtension = 8042;

    private readonly List<ProtoMessage> _messages = [];
    private readonly List<ProtoEnum> _enums = [];
    private readonly List<ProtoService> _services = [];
    private readonly List<ProtoField> _extensions = [];
    private readonly Lazy<Locations> _locations;
    private readonly Lazy<Features> _edition;

    public ProtoFile(ReadOnlyMemory<byte> bytes) : base(null, 0, 0)
    {
        var (syntax, edition, source) = ("", 0, ReadOnlyMemory<byte>.Empty);
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: Package = reader.Text; break;
                case 4: _messages.Add(new ProtoMessage(this, 4, _messages.Count, reader.Bytes)); break;
                case 5: _enums.Add(new ProtoEnum(this, 5, _enums.Count, reader.Bytes)); break;
                case 6: _services.Add(new ProtoService(this, _services.Count, reader.Bytes)); break;
                case 7: _extensions.Add(new ProtoField(this, 7, _extensions.Count, reader.Bytes)); break;
                case 8: Options = Options.With(reader.Bytes); break;
                case 9: source = reader.Bytes; break;
                case 12: syntax = reader.Text; break;
                case 14: edition = reader.Int; break;
                case ImageExtension: IsImport = new WireMessage(reader.Bytes).Flag(1); break;
            }
        }

        Edition = syntax switch { "" or "proto2" => Edition.Proto2, "proto3" => Edition.Proto3, _ => (Edition)edition };
        _locations = new Lazy<Locations>(() => new Locations(source));
        _edition = new Lazy<Features>(() => Features.Of(Edition, Name));
    }

    public string Package { get; } = "";

    public Edition Edition { get; }

    /// <summary>It is here only because a file of the contract needs it.</summary>
    public bool IsImport { get; }

    public IReadOnlyList<ProtoMessage> Messages => _messages;

    public IReadOnlyList<ProtoEnum> Enums => _enums;

    public IReadOnlyList<ProtoService> Services => _services;

    public IReadOnlyList<ProtoField> Extensions => _extensions;

    public Locations Locations => _locations.Value;

    /// <summary>The set that it is in, where its types are looked up.</summary>
    public ProtoSet Set { get; set; } = ProtoSet.Empty;

    public override ProtoFile File => this;

    public override string FullName => Package;

    public override IEnumerable<int> Path => [];

    public override string Word => "file";

    public override string Line => $"file {Name}";

    public override bool IsDeprecated => Options.Flag(23);

    /// <summary>As it is written: <c>proto3</c>, or the year of the edition.</summary>
    public string Syntax => Edition switch { Edition.Proto2 => "proto2", Edition.Proto3 => "proto3", Edition.Edition2023 => "2023", _ => "2024" };

    protected override int FeaturesField => 50;

    protected override Features FeaturesAround => _edition.Value;

    /// <exception cref="UnreadableException">Its edition is not known.</exception>
    public void ShouldBeKnown() => _ = _edition.Value;
}
