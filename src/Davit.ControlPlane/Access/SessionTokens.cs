using System.Buffers.Text;
using System.Security.Cryptography;

namespace Davit.ControlPlane.Access;

/// <summary>The forms of what sessions are shown with, and how long they last.</summary>
internal static class SessionTokens
{
    /// <summary>Browsers send a cookie of this name over TLS alone, and take it from this host alone.</summary>
    public const string Cookie = "__Host-davit";

    public static readonly TimeSpan BrowserIdle = TimeSpan.FromHours(2);
    public static readonly TimeSpan BrowserTotal = TimeSpan.FromHours(12);
    public static readonly TimeSpan AccessLife = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan RefreshIdle = TimeSpan.FromDays(30);
    public static readonly TimeSpan RefreshTotal = TimeSpan.FromDays(90);

    /// <summary>How recently a password or factor must have been shown for what is dangerous.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private const string Access = "davit_access_";
    private const string Refresh = "davit_refresh_";
    private const string Browser = "davit_session_";

    public static bool IsAccess(string token) => token.StartsWith(Access, StringComparison.Ordinal);

    public static string NewAccess() => Access + Random();

    public static string NewRefresh() => Refresh + Random();

    public static string NewBrowser() => Browser + Random();

    /// <returns>256 bits as base64url.</returns>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
