using Davit.Model;

namespace Davit.Manifest.Tests.Validation;

public sealed class FaultTests
{
    [Fact]
    public void All_faults_of_all_files_are_told_at_once_sorted_by_place()
    {
        var result = Shop.Load(
            ("compose.yaml", "services:\n  web:\n    imag: x\n    ports: ['80:80:80:80']\n    restart: [1]\n"),
            ("davit.yaml", "davit: 1\nservces: {}\nroutes: [{service: web, prot: 80}]\n"));
        result.Refused().ShouldBe([
            "compose.yaml:3:5 unknown-key the key 'imag' is not known in services.web (did you mean image?)",
            "compose.yaml:5:14 wrong-type services.web.restart must be text, not a list",
            "davit.yaml:2:1 unknown-key the key 'servces' is not known at the top level (did you mean services?)",
            "davit.yaml:3:25 unknown-key the key 'prot' is not known in routes[0] (did you mean port?)",
        ]);
    }

    [Fact]
    public void A_cycle_is_shown_as_a_path() =>
        Shop.Load("services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [c]}, c: {image: x, depends_on: [a]}}\n").Refused().ShouldHaveSingleItem().ShouldContain("a → b → c → a");

    [Fact]
    public void An_extends_cycle_is_shown_as_a_path() =>
        Shop.Load("services: {a: {extends: {service: b}}, b: {extends: {service: a}}}\n").Refused().First().ShouldContain("extends-cycle");

    [Fact]
    public void A_position_survives_include_and_extends()
    {
        var result = Shop.Load(
            ("compose.yaml", "include: [more.yaml]\nservices:\n  a:\n    extends: {file: base.yaml, service: base}\n"),
            ("base.yaml", "services:\n  base:\n    image: x\n    container_name: cc\n"),
            ("more.yaml", "services:\n  m:\n    image: x\n    logging: {driver: none}\n"));
        result.Accepted();
        result.Notes(ManifestProblems.WithoutEffect).Select(n => n.Split(' ')[0]).ShouldBe(["base.yaml:4:5", "more.yaml:4:5"]);
        result.Origins.Of("services.a.image")[0].Kind.ShouldBe(OriginKind.Extends);
        result.Origins.Of("services.m.image")[0].Kind.ShouldBe(OriginKind.Include);
    }

    [Theory]
    [InlineData("a: ${X}", "variable-unset", "the variable X has no value")]
    [InlineData("a: ${X:?call it}", "variable-required", "call it")]
    [InlineData("a: ${X", "template-invalid", "not well-formed")]
    [InlineData("a: ${SECRET}", "secret-in-text", "the secret SECRET")]
    public void A_variable_that_cannot_be_filled_in_is_an_error(string environment, string name, string says)
    {
        var tree = Shop.Tree(("compose.yaml", $"services:\n  web:\n    image: x\n    environment:\n      {environment}\n"));
        var result = ManifestLoader.Load(new LoadRequest { Source = tree, SecretNames = ["SECRET"], Variables = Maps.None.Add("SECRET", "x") });
        var line = result.Refused().ShouldHaveSingleItem();
        line.ShouldStartWith($"compose.yaml:5:10 {name} ");
        line.ShouldContain(says);
    }

    [Fact]
    public void An_allowed_name_may_be_unset() =>
        ManifestLoader.Load(new LoadRequest { Source = Shop.Tree(("compose.yaml", "services: {web: {image: 'x$TAG'}}\n")), AllowUnset = ["TAG"] }).Accepted().Services["web"].Image.ShouldBe("x");

    [Fact]
    public void Where_a_variable_went_can_be_told()
    {
        var tree = Shop.Tree(("compose.yaml", "services: {web: {image: 'x:$TAG'}}\n"), (".env", "TAG=7\n"));
        var result = ManifestLoader.Load(new LoadRequest { Source = tree });
        result.Accepted().Services["web"].Image.ShouldBe("x:7");
        result.Origins.Of("services.web.image").Select(o => (o.Kind, o.Via)).ShouldBe([(OriginKind.File, ""), (OriginKind.Variable, "TAG")]);
    }

    [Fact]
    public void A_default_tells_why_it_counts()
    {
        var origins = Shop.Load("services: {web: {image: x}}\n").Origins;
        origins.Of("services.web.kind").ShouldBe([new Origin(OriginKind.Default, "worker", null, "nothing routes to it and it keeps no volume")]);
        origins.Of("services.web.health.interval")[0].Value.ShouldBe("2s");
    }

    [Fact]
    public void A_key_given_in_both_files_names_both_places() =>
        Shop.Load("services: {a: {image: x, command: [one]}}\n", "services: {a: {command: [two]}}\n").Refused().ShouldHaveSingleItem()
            .ShouldBe("davit.yaml:2:16 given-twice services.a.command is given here and at compose.yaml:1:26; keep one of them");

    [Fact]
    public void A_service_of_the_manifest_that_no_compose_file_has_is_a_slip() =>
        Shop.Load("services: {web: {image: x}}\n", "services: {wbe: {scale: 2}}\n").Refused().ShouldHaveSingleItem().ShouldContain("(did you mean web?)");
}
