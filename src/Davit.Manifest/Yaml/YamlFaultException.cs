using Davit.Model;

namespace Davit.Manifest.Yaml;

/// <summary>Ends the reading of one file; caught by <see cref="YamlReader"/> and by nobody else.</summary>
internal sealed class YamlFaultException(ProblemCode code, string message, int line, int column) : Exception(message)
{
    public ProblemCode Code { get; } = code;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
