using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.People;

/// <summary>People of an installation, made and signed in through the API alone.</summary>
internal static class Staff
{
    public const string Password = "correct horse battery staple 9";

    /// <summary>Makes the first owner with the code of the file.</summary>
    public static async Task<JsonNode> SetUpAsync(Installed installed, string email, CancellationToken ct, string? code = null)
    {
        using var api = installed.Api("");
        return (await api.PostAsync("/v1/setup", Body(new { code = code ?? await File.ReadAllTextAsync(installed.Options.SetupFile, ct), email, name = "Ann", password = Password }), ct)).ShouldBe(201).Json;
    }

    /// <summary>Invites somebody into an org and has him join.</summary>
    /// <param name="by">The token of whoever invites.</param>
    /// <returns>His access token, and his id.</returns>
    public static async Task<Person> JoinAsync(Installed installed, string by, string role, CancellationToken ct, string org = "default")
    {
        var email = $"{role}-{Unique.Digits()}@example.com";
        using var inviting = installed.Api(by);
        var token = (string)(await inviting.PostAsync($"/v1/orgs/{org}/invitations", Body(new { email, role }), ct)).ShouldBe(201).Value["token"]!;
        using var joining = installed.Api("");
        var joined = (await UnhurriedAsync(() => joining.PostAsync("/v1/join", Body(new { token, email, name = "Somebody", password = Password }), ct), ct)).ShouldBe(200).Json;
        return new Person((string)joined["user"]!["id"]!, email, (string)joined["accessToken"]!, (string)joined["refreshToken"]!);
    }

    public static async Task<Answer> SignInAsync(Installed installed, string email, string password, CancellationToken ct, string? code = null)
    {
        using var api = installed.Api("");
        return await api.PostAsync("/v1/sessions", Body(new { email, password, code }), ct);
    }

    /// <summary>Asks again while more people sign in than passwords can be checked, which a busy machine that runs many tests comes to.</summary>
    private static async Task<Answer> UnhurriedAsync(Func<Task<Answer>> ask, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await ask();
            if (answer.Status is not 503 || tries is 20)
                return answer;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct);
        }
    }

    public static string Body(object value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}

internal sealed record Person(string Id, string Email, string Token, string Refresh);
