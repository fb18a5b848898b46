using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Security is judged by what callers can do: one alternative that they have is enough.</summary>
internal static class SecurityVerdicts
{
    public static Verdict? Judge(Family family, SecurityPair pair)
    {
        if (pair is { IsOpenBefore: true, IsOpenNow: true })
            return null;
        if (pair is { IsOpenBefore: true, Added: [var first, ..] })
            return family.Added.Says($"callers must prove who they are, by {first.Told}");
        if (pair.IsOpenNow)
            return family.Removed.Says("callers need not prove who they are any more").Graded(Severity.Note);
        if (pair.Removed is [var gone, ..])
            return family.Removed.Says($"callers can no longer prove who they are by {gone.Told}");
        foreach (var (old, @new) in pair.Rescoped)
        {
            if (@new.Scopes.Except(old.Scopes, StringComparer.Ordinal).FirstOrDefault() is { } scope)
                return family.Changed.Says($"{@new.Told} asks for the scope {scope} too");
        }

        return pair.Added is [var added, ..] ? family.Added.Says($"callers can also prove who they are by {added.Told}").Graded(Severity.Note)
            : pair.Rescoped is [var (_, looser), ..] ? family.Changed.Says($"{looser.Told} asks for fewer scopes").Graded(Severity.Note)
            : null;
    }
}
