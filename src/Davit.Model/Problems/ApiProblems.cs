using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV40: what the API refuses, whatever the resource.</summary>
public static class ApiProblems
{
    private static readonly ProblemCode NotFound = new("DV4001", "not-found", "There is no such thing", 404);
    private static readonly ProblemCode Unauthenticated = new("DV4002", "not-signed-in", "The request carries no valid token", 401);
    private static readonly ProblemCode PermissionMissing = new("DV4003", "permission-missing", "A permission is missing", 403);
    private static readonly ProblemCode BodyInvalid = new("DV4004", "body-invalid", "The request's body cannot be accepted", 422);
    private static readonly ProblemCode WrongKindOfId = new("DV4005", "id-wrong-kind", "The id names another kind of thing", 422);
    private static readonly ProblemCode MalformedId = new("DV4006", "id-malformed", "This is not an id", 422);
    private static readonly ProblemCode NameTaken = new("DV4007", "name-taken-already", "The name is taken", 409);
    private static readonly ProblemCode NameInvalid = new("DV4008", "name-not-allowed", "The name is not a DNS label", 422);
    private static readonly ProblemCode VersionRequired = new("DV4009", "version-required", "The expected version is missing", 428);
    private static readonly ProblemCode VersionConflict = new("DV4010", "version-conflict", "Somebody else changed it first", 409);
    private static readonly ProblemCode NotEmpty = new("DV4011", "not-empty", "It still holds something", 409);
    private static readonly ProblemCode KeyRequired = new("DV4012", "idempotency-key-required", "The idempotency key is missing", 428);
    private static readonly ProblemCode KeyReused = new("DV4013", "idempotency-key-reused", "The idempotency key was used for another request", 409);
    private static readonly ProblemCode KeyInFlight = new("DV4014", "idempotency-in-flight", "The first request with this key still runs", 409, IsRetryable: true);
    private static readonly ProblemCode CursorInvalid = new("DV4015", "cursor-invalid", "This cursor was not given out here", 422);
    private static readonly ProblemCode TooLarge = new("DV4016", "body-too-large", "The request's body is too large", 413);
    private static readonly ProblemCode Unreachable = new("DV4017", "server-unreachable", "The control plane cannot be reached", 503, IsRetryable: true);
    private static readonly ProblemCode AmbiguousId = new("DV4019", "id-ambiguous", "More than one thing has an id that ends so", 409);
    private static readonly ProblemCode ConfirmationNeeded = new("DV4018", "confirmation-needed", "The name has to be given to confirm", 422);

    /// <summary>Something nobody planned for; the request id is all that is told.</summary>
    private static readonly ProblemCode BugCode = new("DV9001", "bug", "Davit made a mistake", 500);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        NotFound, Unauthenticated, PermissionMissing, BodyInvalid, WrongKindOfId, MalformedId, NameTaken, NameInvalid, VersionRequired, VersionConflict, NotEmpty,
        KeyRequired, KeyReused, KeyInFlight, CursorInvalid, TooLarge, Unreachable, ConfirmationNeeded, AmbiguousId, BugCode,
    ];

    /// <param name="hint">For what cannot be listed by a command of its own name.</param>
    public static Problem Missing(string kind, string name, string? hint = null) => new(
        NotFound, $"There is no {kind} '{Shorten(name)}' that you can see. Nothing was changed.", hint ?? $"List what there is with: davit {kind} list");

    public static Problem SignInFirst(string why) => new(
        Unauthenticated, $"The request was refused because {why}. Nothing was changed.", "Sign in with 'davit login', or give a token in DAVIT_TOKEN.");

    /// <param name="why">What decided it, as a phrase.</param>
    public static Problem NotPermitted(string permission, string why = "no grant allows it") => new(
        PermissionMissing, $"This needs the permission '{permission}', which you do not have here: {why}. Nothing was changed.", $"See what is missing, and ask an owner or admin for it: davit access explain --can {permission}");

    public static Problem BadBody(string why) => new(
        BodyInvalid, $"The request was refused: {why}. Nothing was changed.", "Compare it with the API's description at /v1/openapi.json.");

    public static Problem BadId(string text, string prefix) => text.IndexOf('_', StringComparison.Ordinal) is 3 && text[..3] != prefix && text.Length is 36
        ? new(WrongKindOfId, $"'{text}' is not an id of kind '{prefix}_'. Nothing was changed.", "Check the id with 'davit describe " + text + "'.")
        : new(MalformedId, $"'{Shorten(text)}' is not an id. Nothing was changed.", $"Ids look like {prefix}_ and 32 hexadecimal digits; list them with --json.");

    public static Problem NothingHas(string id) => new(
        NotFound, $"There is nothing with the id '{Shorten(id)}' that you can see. Nothing was changed.", "Copy an id from 'davit events', or from a list with --json.");

    public static Problem Ambiguous(string ending) => new(
        AmbiguousId, $"More than one thing has an id that ends with '{Shorten(ending)}'. Nothing was changed.", "Give more digits, or the whole id as --json prints it.");

    public static Problem Taken(string kind, string name) => new(
        NameTaken, $"There is already a {kind} named '{name}' here. Nothing was changed.", $"Choose another name, or look at it with: davit {kind} get {name}");

    public static Problem BadName(string name) => new(
        NameInvalid, $"'{Shorten(name)}' is not a name: 1 to 63 of a–z, 0–9 and '-', beginning and ending with a letter or digit. Nothing was changed.",
        "Try a name such as 'my-app'.");

    public static Problem NeedsVersion(long now) => new(
        VersionRequired, $"A change must name the version it was made for. Nothing was changed; the present version is {now}.", $"Send expectedVersion={now}, if what you saw is still true.");

    public static Problem Moved(string name, long expected, long now) => new(
        VersionConflict, $"'{name}' is at version {now}, not {expected}: somebody changed it in between. Nothing of yours was applied.", "Read it again, then repeat your change.");

    public static Problem Holds(string kind, string name, IReadOnlyList<string> what) => new(
        NotEmpty, $"The {kind} '{name}' still holds {string.Join(", ", what)}. Nothing was deleted.", "Delete those first.");

    public static Problem NeedsKey() => new(
        KeyRequired, "Every write carries an Idempotency-Key header of 8 to 128 printable ASCII characters. Nothing was changed.", "Send one that is new for each intended change, and the same one when you repeat.");

    public static Problem ReusedKey() => new(
        KeyReused, "A request with another body was sent under this idempotency key before. Nothing was changed now.", "Use a new key for a new change.");

    public static Problem StillRunning() => new(
        KeyInFlight, "The first request with this idempotency key has not been answered yet. This one did nothing.", "Repeat it in a second.");

    public static Problem BadCursor() => new(CursorInvalid, "The cursor cannot be read. Nothing was changed.", "Begin without a cursor and follow 'next'.");

    public static Problem BodyTooLarge(long limit) => new(TooLarge, $"The body is larger than {limit} bytes. Nothing was changed.", "Send less at once.");

    public static Problem NoServer(string address) => new(
        Unreachable, $"Nothing answers at {address}. Nothing was changed.", "Start the control plane with './run up', or name another one with --server.");

    public static Problem Confirm(string name) => new(
        ConfirmationNeeded, $"This cannot be undone, so the name has to be given. Nothing was changed.", $"Add: --confirm {name}");

    public static Problem Bug(string requestId) => new(
        BugCode, $"The server met something nobody planned for while answering {requestId}. Whether it changed anything is in the server's log.", "Report it with the request id and the server's log.");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
