using System.Globalization;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Client;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary>
/// The sign-in that is kept for a server: a token, or a session whose short access token is renewed when it has run out. A
/// refresh token is good once, so commands that run at the same moment take turns.
/// </summary>
internal static class Credentials
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    public static void Keep(string server, SignedIn signed)
    {
        Settings.Save(Settings.CredentialsFile, c => c[server] = new JsonObject
        {
            ["access"] = signed.AccessToken, ["refresh"] = signed.RefreshToken, ["until"] = signed.ExpiresAt.ToString("O", CultureInfo.InvariantCulture),
        });
        Settings.Save(Settings.ContextFile, c => c["server"] = server);
    }

    /// <summary>Whether the access token has run out.</summary>
    public static bool IsOld(JsonNode? kept) =>
        kept is JsonObject session && DateTimeOffset.TryParse((string?)session["until"], CultureInfo.InvariantCulture, out var until) && until - Early < TimeProvider.System.GetUtcNow();

    /// <returns>The access token to go on with; the old one when the session is over, which the server will say.</returns>
    public static async Task<string> RenewAsync(string server, ServerAddress address, CancellationToken ct)
    {
        await using var turn = await TakeTurnAsync(ct);
        if (Settings.Kept(server) is not JsonObject session || !IsOld(session))
            return Settings.TokenIn(Settings.Kept(server));
        using var client = new DavitClient(address, "", "", "renew-000");
        using var form = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", (string?)session["refresh"] ?? "")]);
        if (await client.TokenAsync(form, ct) is not { } renewed)
            return Settings.TokenIn(session);
        Keep(server, new SignedIn("", new UserView("", "", "", false, false), TimeProvider.System.GetUtcNow().AddSeconds(renewed.ExpiresIn)) { AccessToken = renewed.AccessToken, RefreshToken = renewed.RefreshToken });
        return renewed.AccessToken;
    }

    private static async Task<FileStream> TakeTurnAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(Settings.CredentialsFile + ".lock", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            }
            catch (IOException)
            {
                await Task.Delay(Turn, TimeProvider.System, ct);
            }
        }
    }
}
