using Davit.Manifest.Interpolation;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Model;

namespace Davit.Manifest.EnvFiles;

/// <summary>Reads env files of the source tree and reports what is wrong with them at their own lines.</summary>
internal sealed class EnvFileReader(LoadSession session)
{
    /// <summary>A scope with the values of some files below those it has; later files win over earlier ones.</summary>
    public VariableScope? Extend(VariableScope scope, IEnumerable<(string Path, SourcePosition? Named)> files)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, named) in files)
        {
            var read = new Dictionary<string, string>(StringComparer.Ordinal);
            if (!Read(path, named, name => scope[name] ?? (values.TryGetValue(name, out var known) ? known : null), read))
                return null;
            foreach (var (name, value) in read)
                values[name] = value;
        }

        return scope.With(values);
    }

    /// <summary>Adds the values of one file; <see langword="false"/> when it failed.</summary>
    public bool Read(string path, SourcePosition? named, Func<string, string?> lookup, IDictionary<string, string> output)
    {
        if (session.Read(path, named, ManifestProblems.EnvFileMissing) is not { } bytes)
            return false;
        var parser = new EnvFileParser(Text(bytes), lookup, output);
        parser.Parse();
        if (parser.Fault is { } fault)
        {
            var code = fault.Of switch
            {
                EnvFileFault.Kind.Required => ManifestProblems.VariableRequired,
                EnvFileFault.Kind.Format => ManifestProblems.TemplateInvalid,
                EnvFileFault.Kind.Size => ManifestProblems.TooLarge,
                _ => ManifestProblems.EnvFileSyntax,
            };
            session.Faults.Error(code, fault.Message, new SourcePosition(GoPath.Relative(session.Request.Source.Root, path), fault.Line, 1));
        }

        return parser.Fault is null;
    }

    internal static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
