namespace Davit.Corpora;

internal static class CorpusTables
{
    public static IReadOnlyList<ITable> All { get; } = [new OasdiffTable(), new AvroTable(), new ApicurioTable()];
}
