using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Profiles;

namespace Davit.Contracts.Formats;

/// <summary>A kind of contract: how it is read, paired and judged.</summary>
internal interface IContractFormat
{
    /// <summary>As users write it, such as <c>openapi</c>.</summary>
    string Name { get; }

    /// <summary>Everything that can be found.</summary>
    IEnumerable<RuleSpec> Rules { get; }

    /// <summary>Tells whether a file holds such a contract, by what it says and not by its name.</summary>
    /// <param name="root">The file as JSON or YAML; nothing when it is neither.</param>
    bool Knows(string path, byte[] bytes, Node root);

    /// <summary>Tells whether a file that does not say what it is can be read as such a contract, once somebody has said so.</summary>
    /// <param name="root">As for <see cref="Knows"/>.</param>
    bool MayBe(string path, byte[] bytes, Node root) => Knows(path, bytes, root);

    /// <summary>The version that the contract gives itself; null where it gives none.</summary>
    /// <param name="root">As for <see cref="Knows"/>.</param>
    string? VersionOf(Node root) => root["info"]["version"].Scalar;

    /// <summary>Every difference that a rule speaks of, already judged by the profile.</summary>
    /// <exception cref="UnreadableException">One of the two cannot be read.</exception>
    IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile);
}
