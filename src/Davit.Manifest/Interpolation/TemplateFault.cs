namespace Davit.Manifest.Interpolation;

/// <summary>Why a text could not be filled in. Closed: every switch over it names every case.</summary>
internal abstract record TemplateFault
{
    private TemplateFault()
    {
    }

    /// <summary>A <c>$</c> expression is not well-formed.</summary>
    public sealed record Malformed(string Template) : TemplateFault;

    /// <summary><c>${NAME?text}</c> or <c>${NAME:?text}</c> without a value.</summary>
    public sealed record Required(string Name, string Reason) : TemplateFault;

    /// <summary>Variables made the text grow beyond what one load may hold.</summary>
    public sealed record TooLong(string Name) : TemplateFault;
}
