using Davit.ControlPlane.Access;
using Davit.ControlPlane.Redacting;
using Davit.Model;

namespace Davit.ControlPlane.Errors;

/// <summary>Takes the secrets of the caller's org out of a problem before it is answered: its text may quote a manifest, a command or a program.</summary>
internal sealed class ProblemCleaning(Redaction redaction, KnownSecrets known)
{
    public async ValueTask<Problem> CleanAsync(HttpContext context, Problem problem)
    {
        if (Caller.Of(context) is not { Org: var org })
            return problem;
        try
        {
            return (await redaction.OfAsync(org, context.RequestAborted)).Apply(problem);
        }
        catch (Exception e) when (e is ProblemException or OperationCanceledException)
        {
            // The problem may be that the database is away; what this process knows is taken out all the same.
            return known.RedactorOf(org).Apply(problem);
        }
    }
}
