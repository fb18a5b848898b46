namespace Davit.Manifest;

/// <summary>The merged and normalised Compose tree, ready to be rendered.</summary>
public sealed class ComposeDocument
{
    internal ComposeDocument()
    {
    }
}
