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
    public static string Of(Finding finding, Node old, Node @new)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string[])[finding.Rule.Id, finding.Operation, finding.Path, finding.Element])
            Append(hash, part);
        Append(hash, old);
        Append(hash, @new);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static void Append(IncrementalHash hash, string part)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(part));
        hash.AppendData([0]);
    }

    private static void Append(IncrementalHash hash, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Object:
                Append(hash, "{");
                foreach (var member in node.Children.ToList().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    Append(hash, member.Name!);
                    Append(hash, member);
                }

                Append(hash, "}");
                break;
            case NodeKind.Array:
                Append(hash, "[");
                foreach (var element in node.Children)
                    Append(hash, element);
                Append(hash, "]");
                break;
            case NodeKind.Number:
                Append(hash, node.Number!.Value.ToString());
                break;
            case NodeKind.String:
                Append(hash, "\"" + node.Text);
                break;
            default:
                Append(hash, node.Scalar ?? "-");
                break;
        }
    }
}
