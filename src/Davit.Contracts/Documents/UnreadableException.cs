namespace Davit.Contracts.Documents;

/// <summary>An input cannot be judged: it is malformed, too large, or refers to what is not there. Nothing was compared.</summary>
public sealed class UnreadableException : Exception
{
    internal UnreadableException(string code, string what, Position? at = null, Exception? cause = null) : base(what, cause)
    {
        Code = code;
        At = at;
    }

    /// <summary>One of <see cref="UnreadableCodes"/>.</summary>
    public string Code { get; }

    /// <summary>Where in the input, when it is about one place.</summary>
    public Position? At { get; }
}
