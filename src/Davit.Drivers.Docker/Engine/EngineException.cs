using System.Net;

namespace Davit.Drivers.Docker.Engine;

/// <summary>The engine answered with an error. Features turn it into a problem, because only they know what was wanted.</summary>
internal sealed class EngineException(EngineCall call, HttpStatusCode status, string answer)
    : Exception($"{call} was answered with {(int)status}: {answer}")
{
    public EngineCall Call { get; } = call;

    public HttpStatusCode Status { get; } = status;

    /// <summary>The engine's own text.</summary>
    public string Answer { get; } = answer;
}
