namespace Davit.Drivers;

/// <summary>Where a process wrote.</summary>
public enum OutputChannel
{
    Stdout,
    Stderr,
}
