namespace Davit.EndToEnd.Tests.Support;

/// <summary>An account without rights.</summary>
internal static class Nobody
{
    private const string Id = "65534";

    public static async Task OwnAsync(params string[] paths) => (await new Program("chown", [$"{Id}:{Id}", .. paths]).RunAsync(CancellationToken.None)).ShouldSucceed();

    public static (string Program, string[] Arguments) Run(string program, string[] arguments) =>
        ("setpriv", [$"--reuid={Id}", $"--regid={Id}", "--clear-groups", program, .. arguments]);
}
