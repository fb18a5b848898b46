using Davit.Edge.Control;

namespace Davit.Edge.Probing;

/// <summary>What a target answered, without the instants.</summary>
internal sealed record ProbeAnswer(ProbeResult Result, int Status = 0, string RedirectTarget = "", string Body = "");
