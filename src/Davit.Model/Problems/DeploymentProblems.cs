using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV2: releases and deployments.</summary>
public static class DeploymentProblems
{
    private static readonly ProblemCode NoPort = new("DV2101", "port-unknown", "Nobody said which port the service listens on", 422);
    private static readonly ProblemCode ImageGone = new("DV2102", "image-vanished", "An image went away while a release was made", 409, IsRetryable: true);
    private static readonly ProblemCode FileUnreadable = new("DV2103", "release-file-unreadable", "A config or secret cannot be read", 422);
    private static readonly ProblemCode Exited = new("DV2201", "instance-exited", "A new instance ended", 422);
    private static readonly ProblemCode OomKilled = new("DV2202", "instance-oom-killed", "A new instance ran out of memory", 422);
    private static readonly ProblemCode NotListening = new("DV2203", "not-listening", "A new instance listens on no port", 422);
    private static readonly ProblemCode LoopbackOnly = new("DV2204", "loopback-only", "A new instance listens on its loopback address only", 422);
    private static readonly ProblemCode WrongPort = new("DV2205", "wrong-port", "A new instance listens on another port", 422);
    private static readonly ProblemCode ProbeRedirect = new("DV2206", "probe-redirect", "The health probe was redirected", 422);
    private static readonly ProblemCode ProbeStatus = new("DV2207", "probe-status", "The health probe got an unhealthy answer", 422);
    private static readonly ProblemCode ProbeTimeout = new("DV2208", "probe-timeout", "The health probe got no answer in time", 422);
    private static readonly ProblemCode Unready = new("DV2209", "never-ready", "A new instance never became ready", 422);
    private static readonly ProblemCode CommandFailed = new("DV2210", "release-command-failed", "A release command failed", 422);
    private static readonly ProblemCode CommandUnknown = new("DV2211", "release-command-unknown", "Nobody knows how a release command ended", 409);
    private static readonly ProblemCode CommandSlow = new("DV2212", "release-command-timeout", "A release command took too long", 422);
    private static readonly ProblemCode RouteTaken = new("DV2213", "route-taken", "Another environment holds this route", 409);
    private static readonly ProblemCode VariableMissing = new("DV2214", "variable-missing", "The instance ended because a variable is missing", 422);
    private static readonly ProblemCode PhaseSlow = new("DV2215", "phase-timeout", "A phase of the deployment took too long", 422);
    private static readonly ProblemCode Collected = new("DV2228", "release-collected", "This release is history only", 410);
    private static readonly ProblemCode PlanMoved = new("DV2220", "plan-moved", "The world moved since the plan was made", 409);
    private static readonly ProblemCode NothingServes = new("DV2221", "nothing-serves", "Nothing has been deployed yet", 409);
    private static readonly ProblemCode NoRollbackTarget = new("DV2222", "no-rollback-target", "There is nothing to roll back to", 409);
    private static readonly ProblemCode NotEligible = new("DV2223", "not-a-rollback-target", "This deployment cannot be rolled back to", 409);
    private static readonly ProblemCode TooLate = new("DV2224", "too-late-to-cancel", "The deployment cannot be cancelled any more", 409);
    private static readonly ProblemCode ScaleRefused = new("DV2225", "scale-refused", "The service cannot be scaled like that", 422);
    private static readonly ProblemCode EnvLeaving = new("DV2226", "environment-deleting", "The environment is being deleted", 409);
    private static readonly ProblemCode MakerEnds = new("DV2227", "release-ends-its-maker", "The process that made the release ended again and again", 500);

    private static readonly ProblemCode CanaryBad = new("DV2240", "canary-aborted", "The new release did worse than the one that serves", 422);
    private static readonly ProblemCode CanaryNone = new("DV2241", "no-canary", "No canary is under way", 409);

    /// <summary>Nothing is wrong with the deployment itself; whoever meets it looks again.</summary>
    public const string InterleavedCode = "DV2301";

    private static readonly ProblemCode Interleaved = new(InterleavedCode, "deployment-interleaved", "Another process works on this deployment", 409, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } = 
    [
        NoPort, ImageGone, FileUnreadable, Exited, OomKilled, NotListening, LoopbackOnly, WrongPort, ProbeRedirect, ProbeStatus, ProbeTimeout, Unready, CommandFailed,
        CommandUnknown, CommandSlow, RouteTaken, VariableMissing, PhaseSlow, PlanMoved, NothingServes, NoRollbackTarget, NotEligible, TooLate, ScaleRefused, EnvLeaving, MakerEnds, Collected, CanaryBad, CanaryNone, Interleaved,
    ];

    public static Problem PortUnknown(string service, IReadOnlyList<int> exposed) => new(
        NoPort,
        exposed.Count is 0
            ? $"Service '{service}' has a route, but neither the manifest nor its image names a port. Nothing was changed."
            : $"Service '{service}' has a route, and its image exposes several ports ({string.Join(", ", exposed)}). Nothing was changed.",
        $"Add to davit.yaml: services: {{ {service}: {{ port: 8080 }} }}");

    public static Problem ImageVanished(string service, string image) => new(
        ImageGone, $"The image {image} of service '{service}' was there and then was not. The old release serves on.", "Deploy again; keep 'docker image prune' away from images labelled davit.");

    public static Problem UnreadableFile(string what, string name, string why) => new(
        FileUnreadable, $"The {what} '{name}' {why}. Nothing was changed.", $"Put the file into the app directory, or correct '{name}' in the manifest.");

    public static Problem InstanceExited(string service, int exit, string output) => new(
        Exited, $"An instance of '{service}' ended with exit code {exit}. The old release serves on.{Quote(output)}", $"Read its output with: davit logs {service}");

    public static Problem OutOfMemory(string service, string limit) => new(
        OomKilled, $"The kernel ended an instance of '{service}' because it used more memory than {limit}. The old release serves on.",
        $"Raise the limit in the manifest: services: {{ {service}: {{ deploy: {{ resources: {{ limits: {{ memory: 512M }} }} }} }} }}");

    public static Problem MissingVariable(string service, string variable, string output) => new(
        VariableMissing, $"An instance of '{service}' ended and its output names the variable {variable}. The old release serves on.{Quote(output)}",
        $"Set it in the manifest: services: {{ {service}: {{ environment: {{ {variable}: … }} }} }}");

    public static Problem ListensNowhere(string service, int port) => new(
        NotListening, $"Instances of '{service}' run but listen on no port; the route expects port {port}. The old release serves on.", $"Read its output with: davit logs {service}");

    public static Problem ListensOnLoopback(string service, int port) => new(
        LoopbackOnly, $"Instances of '{service}' listen on 127.0.0.1:{port}, which nobody outside the instance can reach. The old release serves on.",
        $"Make the program listen on 0.0.0.0:{port} (or [::]:{port}) and deploy again.");

    public static Problem ListensElsewhere(string service, int wanted, IReadOnlyList<int> found) => new(
        WrongPort, $"The route expects '{service}' on port {wanted}, but it listens on {string.Join(", ", found)}. The old release serves on.",
        $"Name the right port in davit.yaml: services: {{ {service}: {{ port: {found[0]} }} }}");

    public static Problem ProbeRedirected(string service, string path, string to) => new(
        ProbeRedirect, $"The probe of '{service}' asked for {path} and was sent to {to}; probes do not follow redirects. The old release serves on.",
        $"Name a path that answers itself: services: {{ {service}: {{ health: {{ path: /healthz }} }} }}");

    public static Problem ProbeAnswered(string service, string path, int status, string body) => new(
        ProbeStatus, $"The probe of '{service}' asked for {path} and got status {status}. The old release serves on.{Quote(body)}", $"Read its output with: davit logs {service}");

    public static Problem ProbeUnanswered(string service, string what) => new(
        ProbeTimeout, $"The probe of '{service}' got no usable answer: {what}. The old release serves on.",
        $"Read its output with 'davit logs {service}', or give it longer: services: {{ {service}: {{ health: {{ startup: 5m }} }} }}");

    public static Problem NeverReady(string service, TimeSpan waited, string why) => new(
        Unready, $"An instance of '{service}' was not ready after {waited.TotalSeconds:0} s: {why}. The old release serves on.", $"Read its output with: davit logs {service}");

    public static Problem ReleaseCommandFailed(string command, int exit, string output) => new(
        CommandFailed, $"Release command '{command}' ended with exit code {exit}; no new instance was started. The old release serves on.{Quote(output)}",
        "Correct the command or what it works on, then deploy again.");

    public static Problem ReleaseCommandUnknown(string command) => new(
        CommandUnknown, $"Release command '{command}' was started, and the control plane ended before it did. It is not run a second time. The old release serves on.",
        "Check what the command changed, then deploy again.");

    public static Problem ReleaseCommandTooSlow(string command, TimeSpan deadline) => new(
        CommandSlow, $"Release command '{command}' did not end within {deadline.TotalSeconds:0} s and was stopped. The old release serves on.",
        $"Give it longer in davit.yaml: release: [{{ name: {command}, deadline: 30m }}]");

    public static Problem PhaseTooSlow(Phase phase, TimeSpan deadline) => new(
        PhaseSlow, $"The phase '{phase.ToString().ToLowerInvariant()}' did not end within {deadline.TotalSeconds:0} s, so the deployment was given up. The old release serves on.",
        "See what it waited for with: davit why");

    public static Problem CanaryAborted(string why, string fresh, string old) => new(
        CanaryBad, $"The edge counted both releases over the same time, and of the new one it says: {why}. New: {fresh}. Old: {old}. The old release serves everyone.",
        "Look for the fault with 'davit logs' and 'davit why', mend it, and deploy again.");

    public static Problem NoCanary(string env) => new(
        CanaryNone, $"Environment '{env}' has no canary that is under way. Nothing was changed.", "See what is deployed now with: davit status");

    public static Problem MakerEnded(int times) => new(
        MakerEnds, $"davitd ended {times} times while it made this release, so it is not tried again. The old release serves on.",
        "Read how far it came with 'davit logs --deployment', and davitd's own log for the reason; then deploy again.");

    public static Problem RouteClaimed(string claim, string holder) => new(
        RouteTaken, $"'{claim}' is already served by {holder}. Nothing was changed.", "Choose another host, path or port in davit.yaml.");

    public static Problem PlanHasMoved(string asked, string now) => new(
        PlanMoved, $"The plan {asked} was made for another state; the plan is now {now}. Nothing was changed.", "Look at the new plan with 'davit plan', then deploy with its hash.");

    public static Problem NothingDeployed(string env) => new(
        NothingServes, $"Environment '{env}' has no deployment that ever served. Nothing was changed.", "Deploy first: davit deploy");

    public static Problem NothingBefore(string env) => new(
        NoRollbackTarget, $"Environment '{env}' never served another release than the present one. Nothing was changed.", "List what there is with: davit deployments");

    public static Problem CannotReturnTo(string deployment, string state) => new(
        NotEligible, $"{deployment} is {state}; only a deployment that once served can be returned to. Nothing was changed.", "List what there is with: davit deployments");

    public static Problem ReleaseCollected(string release) => new(
        Collected, $"The images and files of {release} were let go, because it is older than what its environments keep. Nothing was changed.",
        "Deploy its source again; to keep more: davit release pin RELEASE, or 'retention: { releases: 10 }' in davit.yaml");

    public static Problem TooLateToCancel(string deployment, string state) => new(
        TooLate, $"{deployment} is {state}. Nothing was changed.", "Go back to the release before it with: davit rollback");

    public static Problem CannotScale(string service, string why) => new(
        ScaleRefused, $"'{service}' {why}. Nothing was changed.", "See what runs with: davit status");

    public static Problem EnvironmentLeaves(string env) => new(
        EnvLeaving, $"Environment '{env}' is being deleted and takes no new deployment.", "Wait until it is gone, or use another environment.");

    public static Problem WrittenMeanwhile(DeploymentId id) => new(
        Interleaved,
        $"{id} was written by another process in between. This write was dropped; the other one stands.",
        $"Look at it with 'davit deployment get {id}'.");

    private static string Quote(string output) => output is "" ? "" : $" Its last words:\n{output}";
}
