using System.Collections.Concurrent;
using System.Net;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>Files on other machines that a contract refers to, fetched without name, password or cookies, each once.</summary>
internal sealed class RemoteFiles
{
    private const int Most = 500;
    private const long MostBytes = 64L << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { MaxAutomaticRedirections = 5, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = Limit,
        MaxResponseContentBufferSize = MostBytes,
    };

    private readonly ConcurrentDictionary<Uri, byte[]?> _files = new();

    /// <returns>Null where the machine has no such file.</returns>
    /// <exception cref="ProblemException">It does not answer, answers with an error, or sends too much.</exception>
    public byte[]? Fetch(Uri address)
    {
        if (_files.TryGetValue(address, out var known))
            return known;
        if (_files.Count >= Most)
            throw new ProblemException(ContractProblems.NotFetched(address, $"the contract refers to more than {Most} files on other machines"));
        return _files[address] = Answer(address);
    }

    private static byte[]? Answer(Uri address)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = Client.Send(request);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                return null;
            answer.EnsureSuccessStatusCode();
            using var content = new MemoryStream();
            answer.Content.ReadAsStream().CopyTo(content);
            return content.ToArray();
        }
        catch (HttpRequestException failed)
        {
            throw new ProblemException(ContractProblems.NotFetched(address, failed.Message), failed);
        }
        catch (TaskCanceledException late)
        {
            throw new ProblemException(ContractProblems.NotFetched(address, $"there was no answer within {Limit.TotalSeconds} seconds"), late);
        }
    }
}
