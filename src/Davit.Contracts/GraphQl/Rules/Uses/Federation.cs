using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Uses;

/// <summary>The directives of Apollo Federation 1 and 2, by which a router puts subgraphs together.</summary>
internal sealed class Federation : IRule<UsePair>
{
    private const string Namespace = "federation__";

    private static readonly RuleSpec KeyRemoved = Gql.Own("federation-key-removed", Severity.Breaking, Side.Neither, "Other subgraphs can no longer refer to an entity by a key.");

    private static readonly RuleSpec InaccessibleAdded = Gql.Own("federation-inaccessible-added", Severity.Breaking, Side.Neither, "Something is hidden from consumers.");

    private static readonly RuleSpec ExternalAdded = Gql.Own("federation-external-added", Severity.Warning, Side.Neither, "A subgraph no longer resolves a field itself.");

    private static readonly RuleSpec RequiresChanged = Gql.Own("federation-requires-changed", Severity.Warning, Side.Neither, "A field needs other fields of other subgraphs.");

    private static readonly RuleSpec ProvidesRemoved = Gql.Own("federation-provides-removed", Severity.Warning, Side.Neither, "A subgraph no longer provides fields of others on the way.");

    private static readonly RuleSpec OverrideAdded = Gql.Own("federation-override-added", Severity.Warning, Side.Neither, "A subgraph takes a field over from another one.");

    private static readonly RuleSpec ShareableAdded = Gql.Own("federation-shareable-added", Severity.Note, Side.Neither, "Other subgraphs may resolve it too.");

    private static readonly RuleSpec ShareableRemoved = Gql.Own("federation-shareable-removed", Severity.Note, Side.Neither, "Other subgraphs may no longer resolve it.");

    private static readonly RuleSpec TagAdded = Gql.Own("federation-tag-added", Severity.Note, Side.Neither, "Something got a tag, by which variants of the graph are cut out.");

    private static readonly RuleSpec TagRemoved = Gql.Own("federation-tag-removed", Severity.Note, Side.Neither, "Something lost a tag, by which variants of the graph are cut out.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [KeyRemoved, InaccessibleAdded, ExternalAdded, RequiresChanged, ProvidesRemoved, OverrideAdded, ShareableAdded, ShareableRemoved, TagAdded, TagRemoved];

    public static Verdict? Judge(UsePair pair)
    {
        var name = pair.Name.StartsWith(Namespace, StringComparison.Ordinal) ? pair.Name[Namespace.Length..] : pair.Name;
        return pair switch
        {
            { On.IsNew: true } => null,
            { Old: null } => Came(name, pair.On.Element),
            { New: null } => Went(name, pair.On.Element, pair.OldIsKept),
            _ when Fields(pair.Old) == Fields(pair.New) => null,
            _ => name switch
            {
                "requires" => RequiresChanged.Says($"the {pair.On.Element} required '{Fields(pair.Old)}' and requires '{Fields(pair.New)}'"),
                "key" when !pair.OldIsKept => KeyRemoved.Says($"the {pair.On.Element} no longer has the key '{Fields(pair.Old)}'"),
                _ => null,
            },
        };
    }

    private static Verdict? Came(string name, string element) => name switch
    {
        "inaccessible" => InaccessibleAdded.Says($"the {element} is hidden from consumers"),
        "external" => ExternalAdded.Says($"the {element} is resolved by another subgraph from now on"),
        "requires" => RequiresChanged.Says($"the {element} now requires fields of other subgraphs"),
        "override" => OverrideAdded.Says($"the {element} is taken over from another subgraph"),
        "shareable" => ShareableAdded.Says($"other subgraphs may resolve the {element} too"),
        "tag" => TagAdded.Says($"the {element} got a tag"),
        _ => null,
    };

    private static Verdict? Went(string name, string element, bool isKept) => name switch
    {
        "key" when !isKept => KeyRemoved.Says($"the {element} lost a key"),
        "requires" => RequiresChanged.Says($"the {element} no longer requires fields of other subgraphs"),
        "provides" => ProvidesRemoved.Says($"the {element} no longer provides fields of other subgraphs"),
        "shareable" => ShareableRemoved.Says($"other subgraphs may no longer resolve the {element}"),
        "tag" => TagRemoved.Says($"the {element} lost a tag"),
        _ => null,
    };

    private static string? Fields(Model.DirectiveUse use) => use["fields"]?.ToString().Trim('"');
}
