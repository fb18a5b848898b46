using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Pairs;

/// <summary>The same element of two schemas; at least one of them is there.</summary>
internal interface IPair
{
    /// <summary>Its qualified name, such as <c>Query.users.first</c>.</summary>
    string Path { get; }

    /// <summary>What a reader calls it, such as <c>argument Query.users(first:)</c>.</summary>
    string Element { get; }

    /// <summary>Null where the old schema does not have it.</summary>
    Origin? OldOrigin { get; }

    /// <summary>Null where the new schema does not have it.</summary>
    Origin? NewOrigin { get; }
}
