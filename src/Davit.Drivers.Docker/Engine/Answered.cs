using System.Runtime.CompilerServices;
using System.Text.Json;
using Davit.Model;

namespace Davit.Drivers.Docker.Engine;

/// <summary>The edge of the driver: what no feature had a better word for becomes a problem here, so nothing else leaves it.</summary>
internal static class Answered
{
    public static async Task<T> ExplainAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (EngineException refused)
        {
            throw new ProblemException(EngineAnswers.ForAnything(refused), refused);
        }
        catch (JsonException garbled)
        {
            throw Garbled(garbled);
        }
    }

    public static async Task ExplainAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (EngineException refused)
        {
            throw new ProblemException(EngineAnswers.ForAnything(refused), refused);
        }
        catch (JsonException garbled)
        {
            throw Garbled(garbled);
        }
    }

    public static async IAsyncEnumerable<T> ExplainAsync<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var reader = items.GetAsyncEnumerator(ct);
        while (await ExplainAsync(reader.MoveNextAsync().AsTask()))
            yield return reader.Current;
    }

    private static ProblemException Garbled(JsonException failure) =>
        new(DriverProblems.RuntimeRefused("a stream of messages", 200, $"what came is not JSON: {failure.Message}"), failure);
}
