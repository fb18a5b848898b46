using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>What rules about HTTP have in common.</summary>
internal static class Bindings
{
    /// <summary>The option as a whole.</summary>
    public static SourceSpot Spot { get; } = Pb.At(4, HttpBinding.Option);
}
