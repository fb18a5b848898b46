using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Davit.Client;

namespace Davit.Console.Shell;

/// <summary>
/// How pages ask the API: over the server's own socket, as the person whose cookie the browser sent, and in the name of the
/// browser's address. That address is believed because of a word that nobody but this process knows.
/// </summary>
/// <param name="Api">Where the API is served.</param>
/// <param name="Cookie">The name of the session's cookie.</param>
public sealed record ConsoleLink(ServerAddress Api, string Cookie)
{
    public const string Header = "X-Davit-Console";

    public string Word { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public bool IsWord(string? shown) => shown is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(Word));
}
