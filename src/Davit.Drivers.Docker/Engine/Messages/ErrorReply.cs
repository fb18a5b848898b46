using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Davit.Drivers.Docker.Engine.Messages;

internal sealed record ErrorReply([property: JsonPropertyName("message")] string? Message)
{
    /// <summary>The text of an error body; proxies in between may answer in something other than JSON.</summary>
    public static string Read(ReadOnlySpan<byte> body, HttpStatusCode status)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, EngineJson.Default.ErrorReply)?.Message is { Length: > 0 } message)
                return message;
        }
        catch (JsonException)
        {
        }

        var text = Encoding.UTF8.GetString(body).Trim();
        return text.Length is 0 ? status.ToString() : text;
    }
}

internal sealed record VersionReply
{
    public string Version { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    [JsonPropertyName("MinAPIVersion")]
    public string? MinApiVersion { get; init; }

    public string? Os { get; init; }

    public string? Arch { get; init; }
}

/// <summary>Of <c>GET /info</c> the few fields we read.</summary>
internal sealed record EngineFacts
{
    [JsonPropertyName("NCPU")]
    public int Cpus { get; init; }

    public long MemTotal { get; init; }

    public string OSType { get; init; } = "linux";

    public string Architecture { get; init; } = "";

    public string DockerRootDir { get; init; } = "";

    public string[]? SecurityOptions { get; init; }

    public string[]? Warnings { get; init; }

    public AddressPoolFact[]? DefaultAddressPools { get; init; }
}

/// <summary>Addresses that the engine may give to networks of its own accord.</summary>
/// <param name="Base">CIDR notation.</param>
/// <param name="Size">Prefix length of the block that a network gets.</param>
internal sealed record AddressPoolFact(string Base, int Size);
