using System.Net;
using System.Runtime.InteropServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>
/// A bucket behind the S3 protocol. A put is whole or not at all by itself; objects stay below 2 GiB, which one put can carry everywhere.
/// The settings are read when they are first needed and again when their file changes, so that keys are exchanged without a restart.
/// </summary>
/// <param name="settings">The file of <see cref="S3Settings"/>.</param>
/// <param name="connect">Makes connections; null is the usual way.</param>
internal sealed class S3Target(S3Place place, string settings, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null) : IBackupTarget, IDisposable
{
    private const int Tries = 3;
    private const int SlowestBytesPerSecond = 32 << 10;

    private readonly Lock _lock = new();
    private readonly HttpClient _http = new(new WithoutRedirects(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectCallback = connect,
    }))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private (DateTime WrittenAt, AmazonS3Client Client)? _made;

    public string Text => place.ToString();

    /// <summary>How long an answer may take, besides the time that its bytes need.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => DoAsync(Patience + TimeSpan.FromSeconds(bytes.Length / SlowestBytesPerSecond), async (s3, patience) =>
    {
        using var content = new MemoryStream(MemoryMarshal.TryGetArray(bytes, out var array) ? array.Array! : bytes.ToArray(), array.Offset, bytes.Length, writable: false);

        // Hashed as a whole, in headers: the server refuses bytes that were changed on the way, and servers that do not know chunked signatures take it too.
        return await s3.PutObjectAsync(new PutObjectRequest { BucketName = place.Bucket, Key = Key(name), InputStream = content, AutoCloseStream = false, UseChunkEncoding = false }, patience.Token);
    }, ct);

    public Task<byte[]?> GetAsync(string name, CancellationToken ct) => DoAsync(Patience, async (s3, patience) =>
    {
        try
        {
            using var answer = await s3.GetObjectAsync(new GetObjectRequest { BucketName = place.Bucket, Key = Key(name) }, patience.Token);
            var bytes = new byte[answer.ContentLength];
            patience.CancelAfter(Patience + TimeSpan.FromSeconds(bytes.Length / SlowestBytesPerSecond));
            await answer.ResponseStream.ReadExactlyAsync(bytes, patience.Token);

            // Reading to the end is what compares the checksum that the server has sent along.
            return await answer.ResponseStream.ReadAsync(new byte[1], patience.Token) is 0 ? bytes : throw new InvalidDataException("more bytes came than were announced");
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "NoSuchKey")
        {
            return null;
        }
    }, ct);

    public Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct) => DoAsync(Patience, async (s3, patience) =>
    {
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = $"{Key(directory)}/", Delimiter = "/", MaxKeys = 1000 };
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        while (true)
        {
            var page = await s3.ListObjectsV2Async(request, patience.Token);
            foreach (var item in page.S3Objects ?? [])
                found[item.Key[request.Prefix.Length..]] = item.Size ?? 0;
            if (page.IsTruncated is not true)
                return (IReadOnlyDictionary<string, long>)found;
            request.ContinuationToken = page.NextContinuationToken;
            patience.CancelAfter(Patience);
        }
    }, ct);

    public Task DeleteAsync(string name, CancellationToken ct) =>
        DoAsync(Patience, (s3, patience) => s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = place.Bucket, Key = Key(name) }, patience.Token), ct);

    public void Dispose()
    {
        _made?.Client.Dispose();
        _http.Dispose();
    }

    private string Key(string name) => place.Prefix + name;

    /// <summary>What is refused or fails in between the client repeats by itself; what hangs is cut off and begun anew here.</summary>
    private async Task<T> DoAsync<T>(TimeSpan longest, Func<AmazonS3Client, CancellationTokenSource, Task<T>> work, CancellationToken ct)
    {
        var client = Client();
        for (var attempt = 1; ; attempt++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(longest);
            try
            {
                return await work(client, patience);
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                if (attempt == Tries)
                    throw new ProblemException(VolumeProblems.TargetFailed(Text, $"it did not answer within {longest.TotalSeconds:0} s, {Tries} times"), e);
            }
            catch (Exception e) when (S3Failures.Explain(e, Text) is { } problem)
            {
                throw new ProblemException(problem, e);
            }
        }
    }

    private AmazonS3Client Client()
    {
        lock (_lock)
        {
            var writtenAt = File.GetLastWriteTimeUtc(settings);
            if (_made is not { } made || made.WrittenAt != writtenAt)
                _made = made = (writtenAt, Make(S3Settings.Read(settings)));
            return made.Client;
        }
    }

    private AmazonS3Client Make(S3Settings set)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = set.IsPathStyle, RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 3, IgnoreConfiguredEndpointUrls = true, AllowAutoRedirect = false,
            Timeout = Timeout.InfiniteTimeSpan, HttpClientFactory = new OneClient(_http),
        };
        if (set.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint.ToString(), set.Region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(set.Region);
        return new AmazonS3Client(new BasicAWSCredentials(set.AccessKey, set.SecretKey), config);
    }

    /// <summary>The library would follow a redirect to wherever the answer says. Data goes to the endpoint that the operator has named, and nowhere else.</summary>
    private sealed class WithoutRedirects(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            answer.Headers.Location = null;
            return answer;
        }
    }

    /// <summary>The library would otherwise make clients of its own, which know no limit for connecting.</summary>
    private sealed class OneClient(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}

/// <summary>Tells what went wrong with a bucket without repeating what the server said, which may hold parts of a request.</summary>
internal static class S3Failures
{
    /// <returns>Null when it is none of the target.</returns>
    public static Problem? Explain(Exception e, string target) => e switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => VolumeProblems.TargetRefuses(target, "the bucket is not there"),
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } => VolumeProblems.TargetRefuses(target, "the clock of this machine and the one of the endpoint differ too much"),
        AmazonS3Exception { ErrorCode: "PermanentRedirect" or "TemporaryRedirect" or "Redirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" } or AmazonS3Exception { StatusCode: >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest } =>
            VolumeProblems.TargetRefuses(target, "the bucket is in another region or behind another endpoint than the settings say"),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } refused => VolumeProblems.TargetRefuses(target, $"the keys are not accepted, or may not do this there ({Code(refused)})"),
        AmazonServiceException other => VolumeProblems.TargetFailed(target, other.InnerException is null || (int)other.StatusCode >= 300 ? $"the endpoint answered {(int)other.StatusCode} {Code(other)}" : Reach(other.InnerException)),
        AmazonClientException or HttpRequestException or IOException or InvalidDataException => VolumeProblems.TargetFailed(target, Reach(e)),
        _ => null,
    };

    private static string Reach(Exception e) => e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http
        ? $"the endpoint cannot be reached ({http.HttpRequestError})"
        : e.InnerException is { } inner ? Reach(inner) : $"the endpoint cannot be reached, or did not answer to its end ({e.GetType().Name})";

    private static string Code(AmazonServiceException e) => e.ErrorCode is { Length: > 0 and < 60 } code && code.All(char.IsAsciiLetterOrDigit) ? code : "without a code";
}
