using System.Text;
using Davit.Testing;

namespace Davit.Manifest.Tests.Canonical;

/// <summary>Equal meaning gives equal bytes; one changed value moves the hash.</summary>
public sealed class HashTests
{
    private static readonly (string Key, string[] Forms)[] Web =
    [
        ("image", ["nginx", "\"nginx\"", "'nginx'", "!!str nginx"]),
        ("environment", ["{A: '1', B: two}", "[A=1, B=two]", "[B=two, A=1]", "{B: two, A: 1}"]),
        ("ports", ["['8080:80', '9000:90']", "[{target: 90, published: '9000'}, {target: 80, published: 8080}]"]),
        ("command", ["[run, fast]", "run fast", "run 'fast'"]),
        ("depends_on", ["[db]", "{db: {condition: service_started}}"]),
        ("labels", ["{x: '1'}", "[x=1]"]),
        ("volumes", ["['vol:/v']", "[{type: volume, source: vol, target: /v}]", "['vol:/v/']"]),
        ("healthcheck", ["{test: [CMD-SHELL, curl x], interval: 90s}", "{interval: 1m30s, test: curl x}"]),
        ("mem_limit", ["256m", "256M", "268435456", "0.25g"]),
        ("networks", ["[back, default]", "{default: , back: {}}", "{back: null, default: null}"]),
        ("cap_drop", ["[ALL, CHOWN]", "[CHOWN, ALL]"]),
        ("dns", ["1.1.1.1", "[1.1.1.1]"]),
        ("stop_grace_period", ["60s", "1m"]),
        ("build", [".", "{context: .}", "{context: ./, dockerfile: Dockerfile}"]),
    ];

    private static string Plain { get; } = CanonicalManifest.Hash(Shop.Load(Compose(new Dice("plain"), isPlain: true)).Accepted());

    [Fact]
    public void A_thousand_ways_to_write_one_app_have_one_hash()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var text = Compose(new Dice($"way {i}"), isPlain: false);
            CanonicalManifest.Hash(Shop.Load(text).Accepted()).ShouldBe(Plain, text);
        }
    }

    [Fact]
    public void An_app_split_over_files_has_the_same_hash()
    {
        var lines = Compose(new Dice("split"), isPlain: true).Split('\n').ToList();
        var at = lines.FindIndex(l => l.StartsWith("  db:", StringComparison.Ordinal));
        var db = lines[at];
        lines.RemoveAt(at);
        var result = Shop.Load(("compose.yaml", string.Join('\n', lines)), ("compose.override.yaml", $"services:\n{db}\n"));
        CanonicalManifest.Hash(result.Accepted()).ShouldBe(Plain);
    }

    [Fact]
    public void An_anchor_is_what_it_stands_for() =>
        Hash("x-e: &e {A: '1'}\nservices: {a: {image: x, environment: *e}, b: {image: x, environment: {<<: *e}}}\n")
            .ShouldBe(Hash("services: {a: {image: x, environment: {A: '1'}}, b: {image: x, environment: {A: '1'}}}\n"));

    [Theory]
    [InlineData("nginx", "nginy")]
    [InlineData("'1'", "'2'")]
    [InlineData("8080:80", "8081:80")]
    [InlineData("run, fast", "fast, run")]
    [InlineData("256m", "257m")]
    [InlineData("'vol:/v'", "'vol:/v:ro'")]
    [InlineData("60s", "61s")]
    [InlineData("[db]", "[]")]
    [InlineData("postgres", "postgres:1")]
    [InlineData("vol: ", "vol: {labels: {a: b}}")]
    public void One_changed_value_moves_the_hash(string from, string to)
    {
        var text = Compose(new Dice("plain"), isPlain: true);
        text.ShouldContain(from);
        CanonicalManifest.Hash(Shop.Load(text.Replace(from, to, StringComparison.Ordinal)).Accepted()).ShouldNotBe(Plain);
    }

    [Fact]
    public void What_is_written_can_be_read_back()
    {
        var manifest = Shop.Load(Compose(new Dice("plain"), isPlain: true)).Accepted();
        CanonicalManifest.Hash(CanonicalManifest.Parse(CanonicalManifest.Json(manifest))).ShouldBe(Plain);
    }

    [Fact]
    public void One_service_s_hash_does_not_move_with_another_service()
    {
        var one = Shop.Load("services: {a: {image: x}, b: {image: x}}\n").Accepted();
        var other = Shop.Load("services: {a: {image: x}, b: {image: y}}\n").Accepted();
        CanonicalManifest.Hash(other.Services["a"]).ShouldBe(CanonicalManifest.Hash(one.Services["a"]));
        CanonicalManifest.Hash(other.Services["b"]).ShouldNotBe(CanonicalManifest.Hash(one.Services["b"]));
    }

    private static string Hash(string compose) => CanonicalManifest.Hash(Shop.Load(compose).Accepted());

    private static string Compose(Dice dice, bool isPlain)
    {
        var text = new StringBuilder();
        T[] Order<T>(IEnumerable<T> items) => isPlain ? [.. items] : dice.Shuffled(items);
        string End() => isPlain ? "\n" : dice.Of(["\n", "\n", " # a comment\n", "\n\n", "\n    # between\n"]);
        var sections = Order(["services", "volumes", "networks"]);
        foreach (var section in sections)
        {
            text.Append(section).Append(":\n");
            if (section is "volumes")
                text.Append("  vol: ").Append(End());
            if (section is "networks")
                text.Append("  back: ").Append(End());
            if (section is not "services")
                continue;
            foreach (var service in Order(["web", "db"]))
            {
                if (service is "db")
                {
                    text.Append("  db: {image: postgres}\n");
                    continue;
                }

                text.Append("  web:\n");
                foreach (var (key, forms) in Order(Web))
                    text.Append("    ").Append(key).Append(": ").Append(isPlain ? forms[0] : dice.Of(forms)).Append(End());
            }
        }

        return isPlain || dice.Next(3) > 0 ? text.ToString() : text.ToString().Replace("\n", "\r\n", StringComparison.Ordinal);
    }
}
