using Microsoft.AspNetCore.WebUtilities;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>Puts a target's head on the response to the client.</summary>
internal static class AnswerHead
{
    /// <returns>False when the server refuses a field; the response is then as it was.</returns>
    public static bool TryApply(Exchange exchange, ResponseHead head)
    {
        var response = exchange.Http.Response;
        var headers = response.Headers;
        try
        {
            response.StatusCode = head.Status;
            if (head.Reason is not "OK" && head.Reason != ReasonPhrases.GetReasonPhrase(head.Status))
                exchange.Http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = head.Reason;

            foreach (var (name, value) in head.Fields)
                headers.Append(name, value);

            if (head.Length >= 0 && head.Status is not 101 and not 204)
                headers.ContentLength = head.Length;

            return true;
        }
        catch (InvalidOperationException)
        {
            response.Clear();
            return false;
        }
    }

    /// <summary>Answers that are meant to last: event streams and gRPC.</summary>
    public static bool IsStream(ResponseHead head)
    {
        foreach (var (name, value) in head.Fields)
        {
            if (name is "Content-Type")
                return value.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) || value.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
