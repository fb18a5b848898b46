using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.AsyncApi.Walk;

internal static class Sides
{
    /// <summary>A place where rules without a side of their own are about what this side sends.</summary>
    public static Place Named(Place place, Side side) => place with { Naming = rule => rule.Side is Side.Neither ? rule with { Side = side } : rule };
}
