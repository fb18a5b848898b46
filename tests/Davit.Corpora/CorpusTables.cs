namespace Davit.Corpora;

internal static class CorpusTables
{
    public static IReadOnlyList<ITable> All { get; } =
    [
        new OasdiffTable(), new OasdiffPositionsTable(), new OpenApiDiffTable(), new OpticTable(), new GraphQlInspectorTable(), new AsyncApiDiffTable(), new AvroTable(), new ApicurioTable(), new BufTable(), new BufPositionsTable(),
    ];
}
