using System.Security.Cryptography;
using System.Text;
using Davit.Model;

namespace Davit.ControlPlane.Keys;

/// <summary>What sealed bytes belong to. Bytes of another org, place, name or version do not open.</summary>
/// <param name="Org">Null for what several orgs share.</param>
/// <param name="Scope">The place, such as an environment's id.</param>
internal sealed record Belongs(OrgId? Org, string Scope, string Name, int Version = 1)
{
    public string With(DataKeyId key) => $"{Org?.ToString() ?? "-"}\0{Scope}\0{Name}\0{Version}\0{key}";
}

/// <summary>
/// Seals what is secret for the disk and the database: a mark, the id of the data key, and <see cref="Sealed"/> bytes.
/// </summary>
internal sealed class SecretBox(DataKeys keys)
{
    private const int IdBytes = 16;
    private const int MarkBytes = 8;

    /// <summary>How much longer sealed bytes are.</summary>
    public const int Overhead = MarkBytes + IdBytes + Sealed.Overhead;

    private const string TextMark = "sealed:";

    private static ReadOnlySpan<byte> Mark => "DVSEAL1\n"u8;

    public static bool IsSealed(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Mark);

    public static bool IsSealed(string text) => text.StartsWith(TextMark, StringComparison.Ordinal);

    public async Task<byte[]> SealAsync(Belongs belongs, byte[] plain, CancellationToken ct)
    {
        var key = await keys.OfAsync(belongs.Org, ct);
        return [.. Mark, .. key.Id.Value.ToByteArray(bigEndian: true), .. Sealed.Seal(key.Seal, plain, belongs.With(key.Id))];
    }

    /// <exception cref="ProblemException">DV7204.</exception>
    public async Task<byte[]> OpenAsync(Belongs belongs, byte[] whole, CancellationToken ct)
    {
        var damaged = SecretProblems.Damaged(belongs.Name);
        if (!IsSealed(whole) || whole.Length < Mark.Length + IdBytes)
            throw new ProblemException(damaged);
        var id = DataKeyId.From(new Guid(whole.AsSpan(Mark.Length, IdBytes), bigEndian: true));
        var key = await keys.FindAsync(belongs.Org, id, ct) ?? throw new ProblemException(damaged);
        return Sealed.Open(key.Seal, whole.AsSpan(Mark.Length + IdBytes), belongs.With(id)) ?? throw new ProblemException(damaged);
    }

    public async Task<string> SealTextAsync(Belongs belongs, string plain, CancellationToken ct) =>
        TextMark + Convert.ToBase64String(await SealAsync(belongs, Encoding.UTF8.GetBytes(plain), ct));

    /// <param name="text">What was written before texts were sealed is given back as it is.</param>
    public async Task<string> OpenTextAsync(Belongs belongs, string text, CancellationToken ct)
    {
        if (!IsSealed(text))
            return text;
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text[TextMark.Length..], buffer, out var length)
            ? Encoding.UTF8.GetString(await OpenAsync(belongs, buffer[..length], ct))
            : throw new ProblemException(SecretProblems.Damaged(belongs.Name));
    }

    /// <returns><c>sha256:…</c>, the same for equal bytes of one org; made with its key, so that nobody can try values out.</returns>
    public async Task<string> DigestAsync(OrgId org, byte[] plain, CancellationToken ct) =>
        "sha256:" + Convert.ToHexStringLower(HMACSHA256.HashData((await keys.OfAsync(org, ct)).Name, plain));
}
