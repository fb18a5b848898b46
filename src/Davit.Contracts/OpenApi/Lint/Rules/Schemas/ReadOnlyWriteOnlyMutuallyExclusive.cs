namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class ReadOnlyWriteOnlyMutuallyExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("read-only-write-only-mutually-exclusive", "A value can be neither read nor written.", "Keep readOnly or writeOnly, not both.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["readOnly"].Boolean is true && spot["writeOnly"].Boolean is true ? spot["writeOnly"].Is("it is both readOnly and writeOnly") : null;
}
