namespace Davit.Manifest.EnvFiles;

/// <summary>What is wrong with an env file, and on which line.</summary>
internal sealed record EnvFileFault(EnvFileFault.Kind Of, string Message, int Line)
{
    internal enum Kind
    {
        Key,
        Unterminated,
        Format,
        Required,
        Size,
    }
}
