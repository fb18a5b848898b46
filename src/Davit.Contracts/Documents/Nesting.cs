using System.Runtime.CompilerServices;

namespace Davit.Contracts.Documents;

/// <summary>Bounds how deep references lead into each other. Reading bounds only how deep values stand in each other.</summary>
internal static class Nesting
{
    /// <summary>Schemas that use each other, one inside the other.</summary>
    public const int DeepestSchemas = 2_000;

    /// <summary>The same counted in values, of which a schema that uses another one has several.</summary>
    public const int DeepestValues = 3 * DeepestSchemas;

    /// <param name="depth">How many are open around the one at hand.</param>
    /// <exception cref="UnreadableException">There are more than <paramref name="deepest"/>, or the stack ends before.</exception>
    public static void Check(int depth, Node at, int deepest)
    {
        if (depth > deepest || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new UnreadableException(UnreadableCodes.TooDeep, "references lead too deep into each other", at.Exists ? at.Where : null);
    }
}
