using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Probing;

/// <summary>The gRPC health checking protocol (grpc.health.v1, unary Check), framed by hand: one string out, one enum in.</summary>
internal static class GrpcProbe
{
    private const byte Serving = 1;
    private const int LargestAnswer = 1024;

    public static async Task<ProbeAnswer> AskAsync(HttpMessageInvoker http, Target target, ProbeSpec spec, CancellationToken ct)
    {
        using var content = new ByteArrayContent(Message(spec.GrpcService));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{Prober.Endpoint(target, spec)}/grpc.health.v1.Health/Check"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await http.SendAsync(request, ct);
        if (response.StatusCode is not HttpStatusCode.OK)
            return new ProbeAnswer(ProbeResult.WrongStatus, (int)response.StatusCode);

        var answer = await MessageAsync(response, ct);
        var text = Field(response.TrailingHeaders, "grpc-status") ?? Field(response.Headers, "grpc-status") ?? "2";
        var status = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 2;
        var isServing = status is 0 && answer is [0, _, _, _, _, 0x08, Serving, ..];
        return new ProbeAnswer(isServing ? ProbeResult.Ready : ProbeResult.NotServing, status);
    }

    /// <summary>A five-byte prefix, then field 1 as a string.</summary>
    private static byte[] Message(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        byte[] length = name.Length < 0x80 ? [(byte)name.Length] : [(byte)(name.Length | 0x80), (byte)(name.Length >> 7)];
        byte[] body = name.Length is 0 ? [] : [0x0A, .. length, .. name];
        var framed = new byte[5 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), body.Length);
        body.CopyTo(framed.AsSpan(5));
        return framed;
    }

    /// <summary>The whole body, because trailers follow it; but no more than a health answer can take.</summary>
    private static async Task<byte[]> MessageAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[LargestAnswer];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return bytes[..read];
    }

    private static string? Field(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
