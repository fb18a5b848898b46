using System.Security.Cryptography;
using System.Text;
using Davit.Model;

namespace Davit.ControlPlane.SignIn;

/// <summary>Makes and checks passwords, a few at a time: hashing costs what a core has, and the API must go on meanwhile.</summary>
internal sealed class Passwords(BreachedPasswords breached, TimeProvider clock) : IDisposable
{
    public const int Shortest = 12;
    public const int Longest = 256;

    private const int GoodScore = 3;
    private const int Judged = 72;
    private const int FormerOnes = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly IPasswordScheme[] Schemes = [new Pbkdf2Scheme(), new BcryptScheme(), new Argon2Scheme()];

    /// <summary>What is checked for an account that does not exist, so that it takes as long.</summary>
    private static readonly Lazy<string> Decoy = new(() => Schemes[0].Make(RandomNumberGenerator.GetHexString(32)));

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <exception cref="ProblemException">DV7006 names what is wrong with it.</exception>
    /// <param name="about">What the person is known by, which a guess would try first.</param>
    public void RequireStrong(string password, params string[] about)
    {
        if (password.Length is < Shortest or > Longest)
            throw new ProblemException(AccessProblems.WeakPassword($"it has {password.Length} characters instead of {Shortest} to {Longest}"));
        var head = password.Length <= Judged ? password : password[..Judged];
        if (Zxcvbn.Zxcvbn.MatchPassword(head, about.SelectMany(Words)).Score < GoodScore)
            throw new ProblemException(AccessProblems.WeakPassword("it would be guessed in a short time, for it is made of what many take"));
        if (breached.Has(password) || breached.Has(Normal(password)))
            throw new ProblemException(AccessProblems.WeakPassword("it is in a list of passwords that were stolen from others"));
    }

    public Task<string> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => Schemes[0].Make(Normal(password)), ct);

    /// <param name="hash">Null for an account that does not exist or has none: the answer is no, and takes as long.</param>
    public Task<PasswordVerdict> CheckAsync(string? hash, string password, CancellationToken ct) => InTurnAsync(() => Verify(hash, Normal(password)), ct);

    /// <summary>It is one of the last few.</summary>
    public Task<bool> IsFormerAsync(IEnumerable<string> hashes, string password, CancellationToken ct) =>
        InTurnAsync(() => hashes.Take(FormerOnes).Any(h => Verify(h, Normal(password)) is not PasswordVerdict.Wrong), ct);

    /// <returns>The hashes that are kept beside a new password.</returns>
    public static IReadOnlyList<string> Kept(string? present, IEnumerable<string> former) => [.. (present is null ? former : former.Prepend(present)).Take(FormerOnes)];

    public void Dispose() => _turns.Dispose();

    private static PasswordVerdict Verify(string? hash, string password)
    {
        var scheme = hash is null ? null : Array.Find(Schemes, s => s.Takes(hash));
        if (scheme is not null)
            return scheme.Verify(hash!, password);
        Schemes[0].Verify(Decoy.Value, password);
        return PasswordVerdict.Wrong;
    }

    /// <summary>The same characters are the same password, whichever way a keyboard composes them (Unicode NFC).</summary>
    private static string Normal(string password) => password.IsNormalized() ? password : password.Normalize(NormalizationForm.FormC);

    private static IEnumerable<string> Words(string text) => text.Split('@', '.', ' ').Append(text).Where(w => w.Length > 2);

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            await _turns.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ProblemException(AccessProblems.SignInBusy());
        }

        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _turns.Release();
        }
    }
}
