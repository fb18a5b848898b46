using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV2: releases and deployments.</summary>
public static class DeploymentProblems
{
    private static readonly ProblemCode Interleaved = new("DV2301", "deployment-interleaved", "Another process works on this deployment", 409, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } = [Interleaved];

    public static Problem WrittenMeanwhile(DeploymentId id) => new(
        Interleaved,
        $"{id} was written by another process in between. This write was dropped; the other one stands.",
        $"Look at it with 'davit deployment get {id}'.");
}
