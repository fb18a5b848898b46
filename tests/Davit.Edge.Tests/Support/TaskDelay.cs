namespace Davit.Edge.Tests.Support;

internal static class TaskDelay
{
    extension(Task)
    {
        public static Task Delay(int milliseconds, TimeProvider clock, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, ct);
    }
}
