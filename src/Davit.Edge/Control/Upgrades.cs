using System.Collections.Immutable;

namespace Davit.Edge.Control;

/// <summary>Asks the edge to hand its listening sockets to a new process.</summary>
/// <param name="Program">The executable; "" for the one that runs now, as it lies on disk.</param>
public sealed record UpgradeRequest(string Program);

/// <summary>The new process accepts; the old one finishes what it has.</summary>
/// <param name="ProcessId">Of the new process.</param>
/// <param name="Version">Of the new program.</param>
/// <param name="FormerVersion">Of the old one.</param>
/// <param name="Connections">Client connections that the old process still has.</param>
public sealed record UpgradeOutcome(int ProcessId, string Version, string FormerVersion, int Connections);

/// <summary>What an old process still does; it tells the new one until its last connection has ended.</summary>
/// <param name="ProcessId">Of the old process.</param>
/// <param name="TableVersion">The table that its next request is answered by.</param>
/// <param name="Connections">Client connections that are open.</param>
/// <param name="Loads">Targets that something runs on.</param>
/// <param name="IsLast">It has ended.</param>
public sealed record PredecessorReport(int ProcessId, long TableVersion, int Connections, ImmutableArray<TargetLoad> Loads, bool IsLast);

public sealed record TargetLoad(string Environment, string Service, string Release, string Instance, string Address, int Port, bool Http2, int InFlight);

/// <summary>The table that is served now.</summary>
public sealed record TableMark(long Version);

/// <summary>An old process that finishes its connections after an upgrade.</summary>
public sealed record PredecessorStatus(int ProcessId, int Connections);
