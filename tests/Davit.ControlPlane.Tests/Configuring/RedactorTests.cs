using System.Text;
using System.Text.Json;
using Davit.ControlPlane.Redacting;
using FsCheck;
using FsCheck.Fluent;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>No form of a secret passes, wherever it stands and however it is cut.</summary>
public sealed class RedactorTests
{
    private const string Secret = "p@ss/wörd+\"quoted\" 42";

    private static readonly Redactor Redactor = Redactor.Of([("KEY", Encoding.UTF8.GetBytes(Secret)), ("OTHER", "abcdefgh"u8.ToArray()), ("LONGER", "abcdefghijkl"u8.ToArray()), ("OVER", "ijklmnop"u8.ToArray())]);

    [Theory]
    [InlineData("before abcdefgh after", "before ***(OTHER) after")]
    [InlineData("abcdefghijkl", "***(LONGER)")]
    [InlineData("abcdefghabcdefgh", "***(OTHER)***(OTHER)")]
    [InlineData("abcdefghijklmnop!", "***(LONGER)!")]
    [InlineData("abcdefg", "abcdefg")]
    [InlineData("", "")]
    public void Takes_the_longest_and_what_hangs_on_it(string text, string clean) => Redactor.Apply(text).ShouldBe(clean);

    [Fact]
    public void Knows_what_programs_make_of_a_value()
    {
        var bytes = Encoding.UTF8.GetBytes(Secret);
        foreach (var form in (string[])[Secret, JsonSerializer.Serialize(Secret), Uri.EscapeDataString(Secret), System.Net.WebUtility.UrlEncode(Secret), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes)])
        {
            var clean = Redactor.Apply($"x {form} y");
            clean.ShouldContain("***(KEY)");
            Secret.Split(' ').Concat([Convert.ToBase64String(bytes)[..12]]).ShouldAllBe(part => part.Length < 6 || !clean.Contains(part, StringComparison.Ordinal), clean);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Knows_base64_at_every_alignment(int offset)
    {
        var bytes = Encoding.UTF8.GetBytes(Secret);
        byte[] around = [.. Enumerable.Repeat((byte)'x', offset), .. bytes, .. "more"u8];
        foreach (var text in (string[])[Convert.ToBase64String(around), System.Buffers.Text.Base64Url.EncodeToString(around)])
            Redactor.Apply(text).ShouldContain("***(KEY)");
    }

    [Fact]
    public void A_text_is_never_cut_within_a_secret()
    {
        const string Text = "0123456789abcdefghijklmnop0123456789";
        for (var wanted = 0; wanted <= Text.Length; wanted++)
        {
            var cut = Redactor.CutBefore(Text, wanted);
            cut.ShouldBeLessThanOrEqualTo(wanted);
            (Redactor.Apply(Text[..cut]) + Redactor.Apply(Text[cut..])).ShouldBe("0123456789***(LONGER)0123456789", $"cut at {cut}");
        }
    }

    [Fact]
    public void Nothing_of_a_random_value_is_left_in_a_random_text() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>().Filter(s => s.Get.Length >= 6 && !s.Get.All(char.IsWhiteSpace) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s.Get)) == s.Get), ArbMap.Default.ArbFor<string>(), (secret, around) =>
        {
            var redactor = Redactor.Of([("S", Encoding.UTF8.GetBytes(secret.Get))]);
            var clean = redactor.Apply($"{around}{secret.Get}{around}");
            return "***(S)".Contains(secret.Get, StringComparison.Ordinal) || !clean.Replace("***(S)", "", StringComparison.Ordinal).Contains(secret.Get, StringComparison.Ordinal);
        }));

    [Fact]
    public void Ordinary_lines_pass_as_they_are()
    {
        const string Line = "2026-01-01T00:00:00Z GET /index.html 200 12ms agent=\"curl/8\"";
        Redactor.Apply(Line).ShouldBeSameAs(Line);
    }
}
