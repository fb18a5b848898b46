using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Tests.Protobuf;

public sealed class NumberSetTests
{
    private static readonly NumberSet Numbers = new([new TagRange(20, 30), new TagRange(1, 5), new TagRange(3, 8), new TagRange(9, 9), new TagRange(40, 12), new TagRange(2, 4)]);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(25, true)]
    [InlineData(31, false)]
    public void A_number_is_in_a_set_when_it_is_in_one_of_its_ranges(int number, bool expected) => Numbers.Contains(number).ShouldBe(expected);

    [Theory]
    [InlineData(1, 9, "")]
    [InlineData(0, 35, "0, 10 to 19, 31 to 35")]
    [InlineData(5, 21, "10 to 19")]
    [InlineData(31, int.MaxValue, "31 to 2147483647")]
    [InlineData(8, 7, "")]
    public void What_a_range_has_and_the_set_has_not_is_missing(int start, int end, string expected) => string.Join(", ", Numbers.Missing(new TagRange(start, end))).ShouldBe(expected);
}
