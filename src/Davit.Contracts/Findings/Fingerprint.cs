using System.Security.Cryptography;
using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Findings;

/// <summary>
/// Recognises a finding again: it is made of the rule, the place and what both sides say there, and neither of text nor of file
/// names nor of lines, so it survives rewording and reformatting and changes when the edit changes.
/// </summary>
internal static class Fingerprint
{
    /// <summary>The finding with its fingerprint.</summary>
    /// <param name="old">What the old side says, without what formatting may change; empty when it says nothing.</param>
    public static Finding Marked(Finding finding, string old, string @new)
    {
        var parts = string.Join('\0', finding.Rule.Id, finding.Operation, finding.Path, finding.Element, old, @new);
        return finding with { Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))[..16] };
    }

    /// <summary>The value in one spelling: the order of members and the writing of numbers say nothing.</summary>
    public static string Canonical(Node node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Object:
                text.Append('{');
                foreach (var member in node.Children.ToList().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    text.Append(member.Name).Append('\0');
                    Append(text, member);
                }

                text.Append('}');
                break;
            case NodeKind.Array:
                text.Append('[');
                foreach (var element in node.Children)
                    Append(text, element);
                text.Append(']');
                break;
            case NodeKind.Number:
                text.Append(node.Number!.Value).Append('\0');
                break;
            case NodeKind.String:
                text.Append('"').Append(node.Text).Append('\0');
                break;
            default:
                text.Append(node.Scalar).Append('\0');
                break;
        }
    }
}
