using System.Text;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Members;
using Davit.ControlPlane.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Davit.ControlPlane.Tests.People;

/// <summary>Many people at once, from a file that somebody else has written.</summary>
public sealed class InvitationImportTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_of_a_file_is_invited_and_joins_with_the_role_and_teams_that_stand_there()
    {
        using var api = server.Installed.Api();
        var (a, b, team) = (Mail(), Mail(), "t" + Unique.Digits());
        (await api.PostAsync("/v1/orgs/default/teams", Staff.Body(new { name = team }), Ct)).ShouldBe(201);
        var csv = $"\uFEFFteam,Email,role\r\n{team},{a},developer\r\n\r\n,\"{b}\",\r\n";

        (await ImportAsync(api, csv, dryRun: true)).ShouldBe(200).Text.ShouldNotContain("token");
        (await InvitedAsync(api)).ShouldNotContain(a);
        var items = (await ImportAsync(api, csv)).ShouldBe(200).Value["items"]!.AsArray();

        items.Select(i => ((int)i!["line"]!, (string)i["email"]!, (string)i["role"]!)).ShouldBe([(2, a, "developer"), (4, b, "member")]);
        using var joining = server.Installed.Api("");
        (await joining.PostAsync("/v1/join", Staff.Body(new { token = (string)items[0]!["token"]!, email = a, name = "Ann", password = Staff.Password }), Ct)).ShouldBe(200);
        var member = (await api.GetAsync($"/v1/orgs/default/members/{a}", Ct)).ShouldBe(200).Json;
        ((string)member["role"]!, (string)member["teams"]![0]!).ShouldBe(("developer", team));
    }

    [Fact]
    public async Task One_bad_line_keeps_everybody_out_and_every_bad_line_is_named()
    {
        using var api = server.Installed.Api();
        var member = await Staff.JoinAsync(server.Installed, server.Installed.Token, "member", Ct);
        var good = Mail();
        var csv = $"email,role,team\n{good},member,\nno address,member,\n{Mail()},emperor,\n{Mail()},member,no-such-team\n{good},viewer,\n{member.Email},viewer,\n{Mail()},member,,extra\n=cmd|'/c calc'!A1,member,\n\"{Mail()}\"x,member,\n";

        var problem = (await ImportAsync(api, csv)).ShouldBeProblem(422, "DV7103").Json;

        problem["errors"]!.AsArray().Select(Line).ShouldBe([3, 4, 5, 6, 7, 8, 9, 10]);
        (await InvitedAsync(api)).ShouldNotContain(good);

        static int Line(JsonNode? fault) => (int)fault!["line"]!;
    }

    [Fact]
    public async Task Nobody_invites_into_what_he_does_not_hold_himself()
    {
        using var host = server.Installed.Api();
        var (admin, team) = (await Staff.JoinAsync(server.Installed, server.Installed.Token, "admin", Ct), "t" + Unique.Digits());
        (await host.PostAsync("/v1/orgs/default/teams", Staff.Body(new { name = team }), Ct)).ShouldBe(201);
        (await host.PostAsync("/v1/orgs/default/grants", Staff.Body(new { to = team, kind = "team", role = "owner" }), Ct)).ShouldBe(201);
        using var api = server.Installed.Api(admin.Token);

        (await ImportAsync(api, $"email,role\n{Mail()},owner\n")).ShouldBeProblem(422, "DV7103");
        (await ImportAsync(api, $"email,team\n{Mail()},{team}\n")).ShouldBeProblem(403, "DV7009");
        (await api.PostAsync("/v1/orgs/default/invitations", Staff.Body(new { email = Mail(), role = "viewer", teams = new[] { team } }), Ct)).ShouldBeProblem(403, "DV7009");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\n\n", 1)]
    [InlineData("name,role\nAnn,member\n", 1)]
    [InlineData("email,email\na@example.com,b@example.com\n", 1)]
    [InlineData("email,role,shoe size\n", 1)]
    [InlineData("email\n\"a@example.com\nb@example.com\n", 2)]
    [InlineData("email\na@exa\"mple.com\n", 2)]
    [InlineData("email\na\u0000@example.com\n", 2)]
    [InlineData("email\n\na@example.com\nb\u001b[2J@example.com\n", 4)]
    [InlineData("email,role\n\"a\nb\",member\n\"c\"d,member\n", 2)]
    public void What_is_no_list_of_people_is_refused_with_its_line(string csv, int line) => PeopleFile.Read(csv).Faults[0].Line.ShouldBe(line);

    [Fact]
    public void Quotes_commas_and_lines_within_quotes_are_read_as_the_standard_says()
    {
        var file = PeopleFile.Read("email,team\r\n\"a\"\"b@example.com\",\"x; y\"\r\nc@example.com");

        file.Faults.ShouldBeEmpty();
        file.People.Select(p => (p.Line, p.Email, string.Join('|', p.Teams))).ShouldBe([(2, "a\"b@example.com", "x|y"), (3, "c@example.com", "")]);
    }

    [Fact]
    public void More_than_five_thousand_are_too_many()
    {
        var text = new StringBuilder("email\n");
        for (var n = 0; n <= PeopleFile.MostLines; n++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{n}@example.com\n");

        PeopleFile.Read(text.ToString()).Faults.ShouldHaveSingleItem().Line.ShouldBe(PeopleFile.MostLines + 2);
    }

    [Fact]
    public void No_text_breaks_the_reader_and_none_is_taken_that_holds_control_characters()
    {
        var pieces = Gen.Elements("\"", ",", "\n", "\r\n", "\r", "a@example.com", "email", "role", "\0", "\u001b", ";", "é", " ");
        var texts = Gen.ArrayOf(pieces).Select(p => "email,role,team\n" + string.Concat(p)).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(texts, text => PeopleFile.Read(text) is var file
            && file.People.All(p => !p.Email.Any(char.IsControl) && !p.Role.Any(char.IsControl) && p.Teams.All(t => !t.Any(char.IsControl)) && p.Line <= text.Count(c => c is '\n') + 1)
            && file.Faults.All(f => f.Line >= 1)));
    }

    private static string Mail() => $"p{Unique.Digits()}@example.com";

    private static Task<Answer> ImportAsync(Api api, string csv, bool dryRun = false) => api.PostAsync("/v1/orgs/default/invitation-imports", Staff.Body(new { csv, dryRun }), Ct);

    private static async Task<string> InvitedAsync(Api api) => (await api.GetAsync("/v1/orgs/default/invitations", Ct)).ShouldBe(200).Text;
}
