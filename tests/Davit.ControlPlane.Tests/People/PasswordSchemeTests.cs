using Dapper;
using Davit.ControlPlane.SignIn;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.People;

/// <summary>Hashes that are brought along from elsewhere.</summary>
public sealed class PasswordSchemeTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What the reference implementation of Argon2 tests itself with.</summary>
    [Theory]
    [InlineData("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")]
    public void Argon2id_agrees_with_the_reference(string hash)
    {
        var scheme = new Argon2Scheme();

        scheme.Takes(hash).ShouldBeTrue();
        scheme.Verify(hash, "password").ShouldBe(PasswordVerdict.RightButOld);
        scheme.Verify(hash, "passwords").ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory]
    [InlineData("$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("$argon2id$v=19$m=256,t=999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$short")]
    [InlineData("$argon2id$")]
    public void What_costs_more_than_a_sign_in_may_or_is_no_hash_lets_nobody_in(string hash) =>
        new Argon2Scheme().Verify(hash, "password").ShouldBe(PasswordVerdict.Wrong);

    [Fact]
    public async Task Whoever_signs_in_with_a_hash_from_elsewhere_has_one_of_ours_from_then_on()
    {
        var person = await Staff.JoinAsync(server.Installed, server.Installed.Token, "member", Ct);
        var brought = new Argon2Scheme().Make(Staff.Password);
        brought.ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update users set password = @brought where email = @Email", new { brought, person.Email }), Ct);

        (await Staff.SignInAsync(server.Installed, person.Email, "something long and wrong 1", Ct)).ShouldBeProblem(401, "DV7004");
        (await HashAsync(person)).ShouldBe(brought);
        (await Staff.SignInAsync(server.Installed, person.Email, Staff.Password, Ct)).ShouldBe(200);

        (await HashAsync(person)).ShouldStartWith("AQAAAA");
        (await Staff.SignInAsync(server.Installed, person.Email, Staff.Password, Ct)).ShouldBe(200);
    }

    private Task<string?> HashAsync(Person person) => server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<string>("select password from users where email = @Email", new { person.Email }), Ct);
}
