using Davit.Contracts.Findings;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Levels in which specs are declared: first when new readers read old data, then when old readers read new data.</summary>
internal static class Avr
{
    public static RuleSpec Fails(string id, string purpose) => new("avro-" + id, Severity.Breaking, Side.Neither, purpose, Forward: Severity.Breaking);

    public static RuleSpec FailsNewReaders(string id, string purpose) => new("avro-" + id, Severity.Breaking, Side.Neither, purpose, Forward: Severity.Note);

    public static RuleSpec FailsOldReaders(string id, string purpose) => new("avro-" + id, Severity.Note, Side.Neither, purpose, Forward: Severity.Breaking);

    public static RuleSpec ChangesMeaning(string id, string purpose) => new("avro-" + id, Severity.Warning, Side.Neither, purpose, Forward: Severity.Warning);

    public static RuleSpec ChangesMeaningOfOldData(string id, string purpose) => new("avro-" + id, Severity.Warning, Side.Neither, purpose, Forward: Severity.Note);

    public static RuleSpec Tells(string id, string purpose) => new("avro-" + id, Severity.Note, Side.Neither, purpose, Forward: Severity.Note);
}
