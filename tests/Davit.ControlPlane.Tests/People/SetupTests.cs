using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.People;

public sealed class SetupTests(PostgresServer postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_twenty_setups_at_once_one_makes_the_owner()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        var code = await File.ReadAllTextAsync(installed.Options.SetupFile, Ct);
        File.GetUnixFileMode(installed.Options.SetupFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var api = installed.Api("");
        ((bool)(await api.GetAsync("/v1/setup", Ct)).Json["needed"]!).ShouldBeTrue();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.PostAsync("/v1/setup", Staff.Body(new { code, email = $"ann{i}@example.com", name = "Ann", password = Staff.Password, org = "acme" }), Ct)));

        answers.Count(a => a.Status is 201).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text)));
        answers.Where(a => a.Status is not 201).ShouldAllBe(a => a.Code == "DV7002" || a.Code == "DV7005");
        ((bool)(await api.GetAsync("/v1/setup", Ct)).Json["needed"]!).ShouldBeFalse();
        File.Exists(installed.Options.SetupFile).ShouldBeFalse();
        using var owner = installed.Api((string)answers.Single(a => a.Status is 201).Json["accessToken"]!);
        ((string)(await owner.GetAsync("/v1/orgs/acme/members", Ct)).ShouldBe(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!["role"]!).ShouldBe("owner");
        (await api.PostAsync("/v1/setup", Staff.Body(new { code, email = "eve@example.com", name = "Eve", password = Staff.Password }), Ct)).ShouldBeProblem(409, "DV7002");
    }

    [Fact]
    public async Task It_is_open_until_somebody_runs_the_installation_whoever_else_has_joined()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        var bob = await Staff.JoinAsync(installed, installed.Token, "owner", Ct);
        using var api = installed.Api("");
        ((bool)(await api.GetAsync("/v1/setup", Ct)).Json["needed"]!).ShouldBeTrue();
        var code = await File.ReadAllTextAsync(installed.Options.SetupFile, Ct);

        (await api.PostAsync("/v1/setup", Staff.Body(new { code, email = bob.Email, name = "Bob", password = Staff.Password }), Ct)).ShouldBeProblem(409, "DV7018");

        var ann = await Staff.SetUpAsync(installed, "ann@example.com", Ct);
        ((bool)ann["user"]!["isOperator"]!).ShouldBeTrue();
        (await api.PostAsync("/v1/setup", Staff.Body(new { code, email = "eve@example.com", name = "Eve", password = Staff.Password }), Ct)).ShouldBeProblem(409, "DV7002");
    }

    [Fact]
    public async Task Five_wrong_codes_make_the_code_another_one()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        var code = await File.ReadAllTextAsync(installed.Options.SetupFile, Ct);
        using var api = installed.Api("");
        for (var i = 0; i < 5; i++)
            (await TryAsync("wrong-" + i)).ShouldBeProblem(403, "DV7001");

        (await TryAsync(code)).ShouldBeProblem(403, "DV7001");
        var other = await File.ReadAllTextAsync(installed.Options.SetupFile, Ct);
        other.ShouldNotBe(code);
        (await TryAsync(other)).ShouldBe(201);

        Task<Answer> TryAsync(string tried) => api.PostAsync("/v1/setup", Staff.Body(new { code = tried, email = "ann@example.com", name = "Ann", password = Staff.Password }), Ct);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("password1234")]
    [InlineData("ann@example.com")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public async Task A_password_that_many_take_is_refused(string password)
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        using var api = installed.Api("");

        var answer = await api.PostAsync("/v1/setup", Staff.Body(new { code = await File.ReadAllTextAsync(installed.Options.SetupFile, Ct), email = "ann@example.com", name = "Ann", password }), Ct);

        answer.ShouldBeProblem(422, "DV7006");
        answer.Text.ShouldNotContain(password == "ann@example.com" ? "example.com" : password);
    }
}
