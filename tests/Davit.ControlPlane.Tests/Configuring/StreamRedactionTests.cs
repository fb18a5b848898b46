using System.Text;
using Davit.ControlPlane.Redacting;
using Davit.ControlPlane.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>What comes piece by piece, as the output of terminals does.</summary>
public sealed class StreamRedactionTests(OneServer server) : IClassFixture<OneServer>
{
    private const string Secret = "p@ss/wörd+\"quoted\" 42";

    private static readonly Redactor Redactor = Redactor.Of([("KEY", Encoding.UTF8.GetBytes(Secret)), ("OTHER", "abcdefgh"u8.ToArray()), ("LONGER", "abcdefghijkl"u8.ToArray()), ("OVER", "ijklmnop"u8.ToArray())]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void However_the_bytes_are_cut_the_text_is_the_same_as_in_one_piece()
    {
        var pieces = Gen.Elements(Secret, "abcdefgh", "abcdefghijkl", "ijklmnop", "abcd", "p@ss", "plain text ", "\r\n", "wörd", "\u001b[31m");
        var scripts = Gen.ArrayOf(pieces).Select(p => string.Concat(p)).SelectMany(t => Gen.ArrayOf(Gen.Choose(1, 7)).Select(c => (Text: t, Cuts: c))).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(scripts, s => Cut(s.Text, s.Cuts) == Redactor.Apply(s.Text)));
    }

    [Fact]
    public void Bytes_that_are_no_text_pass_unchanged_and_a_prompt_does_not_wait()
    {
        var stream = new StreamRedaction();
        byte[] all = [.. Enumerable.Range(0, 256).Select(n => (byte)(255 - n))];

        stream.Take(Redactor, all).ShouldBe(all);
        stream.Take(Redactor, "$ "u8).ShouldBe("$ "u8.ToArray());
        stream.IsHolding.ShouldBeFalse();
        stream.Take(Redactor, "see abc"u8).ShouldBe("see "u8.ToArray());
        stream.IsHolding.ShouldBeTrue();
        stream.End(Redactor).ShouldBe("abc"u8.ToArray());
        stream.IsHolding.ShouldBeFalse();
    }

    [Fact]
    public async Task A_problem_that_quotes_a_secret_is_answered_without_it()
    {
        const string Canary = "canary-5d0c7b19-value";
        using var api = server.Installed.Api();
        (await api.PutAsync("/v1/orgs/default/secrets/QUOTED", $$"""{"value":"{{Canary}}"}""", Ct)).ShouldBe(200);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Ct);

        foreach (var answer in (Answer[])
        [
            await api.GetAsync($"/v1/orgs/default/access/explanation?can={Canary}", Ct),
            await api.PutAsync("/v1/orgs/default/secrets/OTHER", $$"""{"value":"long enough","deliver":"{{Canary}}"}""", Ct),
        ])
        {
            answer.Status.ShouldBeGreaterThanOrEqualTo(400);
            answer.Text.ShouldNotContain(Canary);
            answer.Text.ShouldContain("***(QUOTED)");
        }
    }

    private static string Cut(string text, int[] cuts)
    {
        var (stream, bytes, out_, at, n) = (new StreamRedaction(), Encoding.UTF8.GetBytes(text), new List<byte>(), 0, 0);
        while (at < bytes.Length)
        {
            var size = Math.Min(bytes.Length - at, cuts is [] ? 3 : cuts[n++ % cuts.Length]);
            out_.AddRange(stream.Take(Redactor, bytes.AsSpan(at, size)));
            at += size;
        }

        out_.AddRange(stream.End(Redactor));
        return Encoding.UTF8.GetString([.. out_]);
    }
}
