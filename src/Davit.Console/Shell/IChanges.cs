namespace Davit.Console.Shell;

/// <summary>Tells that something, whatever it is, may be different from before. It says nothing of what: that is asked of the API.</summary>
public interface IChanges
{
    /// <summary>Returns at the next change, or when the time has passed.</summary>
    Task NextAsync(TimeSpan atMost, CancellationToken ct);
}
