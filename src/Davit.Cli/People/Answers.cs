using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary>How verbs that change something show what came of it.</summary>
internal static class Answers
{
    /// <param name="text">What a person reads; programs get the document.</param>
    public static ExitCode Show(Invocation asked, JsonObject answer, string text)
    {
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(answer, WireJson.Default.JsonObject);
        else
            asked.Terminal.Say(text);
        return ExitCode.Done;
    }

    /// <summary>For what is shown once: the secret alone goes to standard output, so that it can be piped.</summary>
    public static ExitCode ShowSecret(Invocation asked, JsonObject answer, string secret, string text)
    {
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(answer, WireJson.Default.JsonObject);
            return ExitCode.Done;
        }

        asked.Terminal.Say(text);
        asked.Terminal.Answer(secret);
        return ExitCode.Done;
    }
}
