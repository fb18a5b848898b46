using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV2: releases and deployments.</summary>
public static class DeploymentProblems
{
    private static readonly ProblemCode NoPort = new("DV2101", "port-unknown", "Nobody said which port the service listens on", 422);
    private static readonly ProblemCode Interleaved = new("DV2301", "deployment-interleaved", "Another process works on this deployment", 409, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } = [NoPort, Interleaved];

    public static Problem PortUnknown(string service, IReadOnlyList<int> exposed) => new(
        NoPort,
        exposed.Count is 0
            ? $"Service '{service}' has a route, but neither the manifest nor its image names a port. Nothing was changed."
            : $"Service '{service}' has a route, and its image exposes several ports ({string.Join(", ", exposed)}). Nothing was changed.",
        $"Add to davit.yaml: services: {{ {service}: {{ port: 8080 }} }}");

    public static Problem WrittenMeanwhile(DeploymentId id) => new(
        Interleaved,
        $"{id} was written by another process in between. This write was dropped; the other one stands.",
        $"Look at it with 'davit deployment get {id}'.");
}
