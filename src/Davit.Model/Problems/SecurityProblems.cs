using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV791: what keeps strangers and floods out of the API.</summary>
public static class SecurityProblems
{
    private static readonly ProblemCode ForeignOrigin = new("DV7910", "origin-refused", "Another site sent this request", 403);
    private static readonly ProblemCode NetworkRefused = new("DV7911", "network-not-allowed", "The org does not allow this network", 403);
    private static readonly ProblemCode NetworkInvalid = new("DV7912", "network-invalid", "This is not a network", 422);
    private static readonly ProblemCode Lockout = new("DV7913", "lockout-unconfirmed", "This would lock you out", 409);
    private static readonly ProblemCode CertificateUnusable = new("DV7914", "certificate-unusable", "The TLS certificate cannot be used", 500);
    private static readonly ProblemCode UrlTooLong = new("DV7915", "url-too-long", "The request's URL is too long", 414);
    private static readonly ProblemCode HeadTooLarge = new("DV7916", "head-too-large", "The request's headers are too large", 431);
    private static readonly ProblemCode TookTooLong = new("DV7917", "request-took-too-long", "The request took too long", 408);

    public static ImmutableArray<ProblemCode> All { get; } = [ForeignOrigin, NetworkRefused, NetworkInvalid, Lockout, CertificateUnusable, UrlTooLong, HeadTooLarge, TookTooLong];

    public static Problem OtherOrigin(string origin) => new(
        ForeignOrigin, $"The browser says that {origin} sent this request, with a session of this site. Nothing was changed.", "Repeat it on the site itself. A program signs in with a token instead of a cookie.");

    public static Problem OtherNetwork(string address) => new(
        NetworkRefused, $"The org does not take requests from {address}. Nothing was changed.", "Use a network that the org allows, or ask an owner to allow this one: davit limit set --network …");

    public static Problem BadNetwork(string text, string why) => new(
        NetworkInvalid, $"'{(text.Length <= 60 ? text : text[..60] + "…")}' is not a network: {why}. Nothing was changed.", "Write networks like 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7.");

    public static Problem WouldLockOut(string address) => new(
        Lockout, $"These networks do not hold {address}, where you are. You could not undo it from here. Nothing was changed.", "Add your own network, or add: --confirm-lockout");

    public static Problem BadCertificate(string file, string why) => new(
        CertificateUnusable, $"{file} {why}. The server did not start.", "Give a certificate and its key as PEM files, or neither to have a self-signed one made.");

    public static Problem LongUrl(int limit) => new(UrlTooLong, $"The URL has more than {limit} bytes. Nothing was changed; the connection stays open.", "Ask for less at once.");

    public static Problem LargeHead(int limit) => new(HeadTooLarge, $"The headers have more than {limit} bytes. Nothing was changed; the connection stays open.", "Send fewer or shorter headers.");

    public static Problem TooSlow(TimeSpan limit) => new(
        TookTooLong, $"The request was not answered within {limit.TotalSeconds} seconds and was given up. Whether it changed anything is in: davit audit list", "Repeat it with the same Idempotency-Key.");
}
