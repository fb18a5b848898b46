using System.Diagnostics;
using System.Text.Json;
using Davit.Model;
using Davit.Wire;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Davit.ControlPlane.Errors;

/// <summary>Turns what handlers throw into problem documents: problems as they are, everything else into "bug" with the request id only.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ProblemCleaning cleaning, ILogger<ProblemAnswers> log)
{
    private static readonly string JsonAssembly = typeof(JsonSerializer).Assembly.GetName().Name!;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: 404 or 405, ContentLength: null, ContentType: null })
                await AnswerAsync(context, ApiProblems.Missing("path", context.Request.Path, "See every path with: davit server openapi"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
                context.Response.StatusCode = 499;
        }
        catch (ProblemException e)
        {
            await AnswerAsync(context, await cleaning.CleanAsync(context, e.Problem));
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, await cleaning.CleanAsync(context, e.StatusCode is 413 ? ApiProblems.BodyTooLarge(LimitOf(context)) : ApiProblems.BadBody(Innermost(e))));
        }
        catch (NotSupportedException e) when (e.Source == JsonAssembly && !context.Response.HasStarted)
        {
            // The reader of JSON says so of a value with several forms that does not tell which it has; of other bad values it throws what is caught above.
            await AnswerAsync(context, ApiProblems.BadBody("something in it that comes in several kinds has no known 'kind'"));
        }
        catch (IndexOutOfRangeException e) when (!context.Response.HasStarted && new StackTrace(e).GetFrames().Any(f => f.GetMethod()?.DeclaringType == typeof(Utf8JsonReader)))
        {
            // The reader of JSON fails like this at a word that breaks off where one piece of the body ends and the next begins.
            await AnswerAsync(context, ApiProblems.BadBody("it breaks off in the middle of a word that JSON does not have"));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter)
        {
            await AnswerAsync(context, ApiProblems.BadBody("a text in the request holds a character that cannot be kept, such as NUL"));
        }
        catch (Exception e)
        {
            LogBug(e, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await AnswerAsync(context, ApiProblems.Bug(context.TraceIdentifier));
        }
    }

    public static async Task AnswerAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.Headers[Hardening.RequestIds.Header] = context.TraceIdentifier;
        context.Response.StatusCode = problem.Of.Status;
        if (problem.Of.IsRetryable)
            context.Response.Headers.RetryAfter = "1";
        if (problem.Of.Status is 401)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        await context.Response.WriteAsJsonAsync(ProblemBody.Of(problem, context.TraceIdentifier), WireJson.Default.ProblemBody, "application/problem+json", CancellationToken.None);
    }

    private static long LimitOf(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0;

    private static string Innermost(BadHttpRequestException e) => e.InnerException is JsonException json ? json.Message : e.Message;

    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "{Method} {Path} failed in a way nobody planned for ({RequestId})")]
    private partial void LogBug(Exception e, string method, string path, string requestId);
}
