using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

internal sealed class ProtoService : ProtoElement
{
    private readonly List<ProtoMethod> _methods = [];

    public ProtoService(ProtoFile parent, int index, ReadOnlyMemory<byte> bytes) : base(parent, 6, index)
    {
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: _methods.Add(new ProtoMethod(this, _methods.Count, reader.Bytes)); break;
                case 3: Options = Options.With(reader.Bytes); break;
            }
        }
    }

    public IReadOnlyList<ProtoMethod> Methods => _methods;

    public override bool IsDeprecated => Options.Flag(33);

    public override string Word => "service";

    public override string Line => Told;

    protected override int FeaturesField => 34;
}

internal sealed class ProtoMethod : ProtoElement
{
    public ProtoMethod(ProtoService parent, int index, ReadOnlyMemory<byte> bytes) : base(parent, 2, index)
    {
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: Name = reader.Text; break;
                case 2: Input = reader.Text.TrimStart('.'); break;
                case 3: Output = reader.Text.TrimStart('.'); break;
                case 4: Options = Options.With(reader.Bytes); break;
                case 5: IsClientStreaming = reader.Flag; break;
                case 6: IsServerStreaming = reader.Flag; break;
            }
        }
    }

    /// <summary>The full name of the message that consumers send.</summary>
    public string Input { get; } = "";

    /// <summary>The full name of the message that they get.</summary>
    public string Output { get; } = "";

    public bool IsClientStreaming { get; }

    public bool IsServerStreaming { get; }

    /// <summary>0 where nothing is said, 1 without side effects, 2 idempotent.</summary>
    public int Idempotency => (int)(Options.Number(34) ?? 0);

    public override bool IsDeprecated => Options.Flag(33);

    public override string Word => "rpc";

    public override string Line => $"rpc {Name}({(IsClientStreaming ? "stream " : "")}{Input}) returns ({(IsServerStreaming ? "stream " : "")}{Output})";

    protected override int FeaturesField => 35;
}
