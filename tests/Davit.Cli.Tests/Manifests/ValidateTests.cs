using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Manifests;

public sealed class ValidateTests
{
    private const string Sound = "services:\n  web:\n    image: nginx:${TAG}\n    ports: ['8080:80']\n";

    [Fact]
    public async Task Every_fault_of_every_file_is_told_with_its_place()
    {
        using var davit = new Support.Davit()
            .With("compose.yaml", "services:\n  web:\n    imag: nginx\n    ports: ['99999:80']\n")
            .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: wep }\n");
        var ended = await davit.RunAsync("validate");
        ended.Exit.ShouldBe(1);
        ended.Out.ShouldContain("error   compose.yaml:3:5 unknown-key");
        ended.Out.ShouldContain("(did you mean image?)");
        ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldStartWith("not valid: ");
    }

    [Fact]
    public async Task A_sound_directory_is_valid_with_its_variables_and_says_which_one_is_missing_without()
    {
        using var davit = new Support.Davit().With("shop/compose.yaml", Sound);
        var valid = await davit.RunAsync(["validate", "shop"], [("TAG", "1")]);
        valid.Exit.ShouldBe(0, valid.ToString());
        var unset = await davit.RunAsync("validate", "shop");
        unset.Exit.ShouldBe(1);
        unset.Out.ShouldContain("compose.yaml:3:12 variable-unset the variable TAG has no value");
        (await davit.RunAsync("validate", "shop", "--allow-unset", "TAG")).Out.ShouldNotContain("variable-unset");
    }

    [Fact]
    public async Task Warnings_fail_only_when_strict()
    {
        using var davit = new Support.Davit().With("compose.yaml", "services: {web: {image: x}}\n").With("compose.yml", "services: {web: {image: x}}\n");
        (await davit.RunAsync("validate")).Exit.ShouldBe(0);
        (await davit.RunAsync("validate", "--strict")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task The_canonical_form_and_its_hash_do_not_depend_on_the_directory()
    {
        using var davit = new Support.Davit().With("a/shop/compose.yaml", Sound).With("b/shop/compose.yaml", "# the same\n" + Sound);
        var one = await davit.RunAsync(["validate", "a/shop", "--canonical"], [("TAG", "1")]);
        var other = await davit.RunAsync(["validate", "b/shop", "--canonical"], [("TAG", "1")]);
        one.Out.ShouldBe(other.Out, one.ToString());
        var lines = one.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        Model.CanonicalJson.Text(JsonNode.Parse(lines[0])).ShouldBe(lines[0]);
        Model.CanonicalJson.HashOf(System.Text.Encoding.UTF8.GetBytes(lines[0])).ShouldBe(lines[1]);
    }

    [Fact]
    public async Task Explaining_a_value_names_every_place_it_comes_from()
    {
        using var davit = new Support.Davit().With("compose.yaml", Sound).With("compose.override.yaml", "services: {web: {image: caddy}}\n");
        var ended = await davit.RunAsync(["config", "explain", "services.web.image"], [("TAG", "1")]);
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldStartWith("services.web.image = \"caddy\"\n  override compose.override.yaml:1:25\n");
        ended.Out.ShouldContain("compose.yaml:3:12");
        (await davit.RunAsync(["config", "explain", "services.web.imag"], [("TAG", "1")])).Error.ShouldContain("did you mean services.web.image?");
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("plan")]
    [InlineData("up")]
    public async Task Nothing_is_sent_when_a_file_is_wrong(string verb)
    {
        using var davit = new Support.Davit().With("shop/compose.yaml", "services: {web: {imag: x}}\n");
        var ended = await davit.RunAsync(verb, "shop", "--app", "shop", "--env", "production", "--server", "unix:///nonexistent/davitd.sock");
        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("compose.yaml:1:18 unknown-key");
    }

    [Fact]
    public void The_variables_of_included_extended_and_env_files_are_known()
    {
        using var davit = new Support.Davit()
            .With("compose.yaml", "include: [more.yaml]\nservices:\n  web: {extends: {file: base.yaml, service: web}, env_file: [web.env], environment: [PASSED]}\n")
            .With("more.yaml", "services: {db: {image: 'x:${IN_INCLUDED}'}}\n")
            .With("base.yaml", "services: {web: {image: 'x:${IN_EXTENDED}'}}\n")
            .With("web.env", "A=${IN_ENV_FILE}\n");
        string[] names = ["IN_INCLUDED", "IN_EXTENDED", "IN_ENV_FILE", "PASSED"];
        var manifest = new Cli.Manifests.LocalManifest(davit.Home) { AllowUnset = [.. names], App = "shop" };
        names.ShouldBeSubsetOf(manifest.Accepted().Variables);
        manifest.Accepted().Variables.ShouldNotContain("PATH");
    }

    [Fact]
    public async Task Schemas_are_json()
    {
        using var davit = new Support.Davit();
        JsonNode.Parse((await davit.RunAsync("schema")).Out)!["$schema"].ShouldNotBeNull();
        JsonNode.Parse((await davit.RunAsync("schema", "--compose")).Out)!["title"]!.GetValue<string>().ShouldBe("compose.yaml");
    }
}
