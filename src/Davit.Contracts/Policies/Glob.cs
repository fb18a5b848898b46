namespace Davit.Contracts.Policies;

/// <summary>Words with <c>*</c> for any number of characters and <c>?</c> for one.</summary>
internal static class Glob
{
    public static bool Fits(string glob, string text)
    {
        var (at, asked, star, resumed) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (asked < glob.Length && glob[asked] is '*')
            {
                (star, resumed) = (asked++, at);
            }
            else if (asked < glob.Length && (glob[asked] is '?' || glob[asked] == text[at]))
            {
                (at, asked) = (at + 1, asked + 1);
            }
            else if (star >= 0)
            {
                (asked, at) = (star + 1, ++resumed);
            }
            else
            {
                return false;
            }
        }

        return glob.AsSpan(asked).TrimStart('*').IsEmpty;
    }
}
