using Davit.Model;

namespace Davit.Manifest.EnvFiles;

/// <summary>Reads an env file as data: quotes, escapes and comments as Compose has them, and a dollar is a dollar.</summary>
public static class DotEnv
{
    /// <param name="name">What the file is called in faults.</param>
    /// <exception cref="ProblemException">DV7220.</exception>
    public static IReadOnlyDictionary<string, string> Read(string text, string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var parser = new EnvFileParser(text.ReplaceLineEndings("\n"), static _ => null, values) { KeepsDollars = true };
        parser.Parse();
        if (parser.Fault is { } fault)
            throw new ProblemException(VariableProblems.Unreadable([VariableProblems.Line(name, fault.Line, fault.Message)]));
        return values.Remove("") ? throw new ProblemException(VariableProblems.Unreadable([VariableProblems.Line(name, text.Count(c => c is '\n') + 1, "a line is no NAME=VALUE")])) : values;
    }
}
