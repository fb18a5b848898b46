using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.SignIn;
using Davit.Model;

namespace Davit.ControlPlane.Tests.People;

/// <summary>Lists of stolen passwords as the public ones are: sorted lines of hashes.</summary>
public sealed class BreachedPasswordsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(true, ":7", "\r\n", true)]
    [InlineData(true, "", "\n", false)]
    [InlineData(false, ":12345", "\n", true)]
    [InlineData(false, "", "\r\n", false)]
    public void Everything_in_the_list_is_found_and_nothing_else(bool isSha1, string behind, string end, bool endsLastLine)
    {
        for (var count = 1; count <= 65; count += 8)
        {
            Write(Enumerable.Range(0, count).Select(n => Hash(isSha1, $"stolen password {n}")), behind, end, endsLastLine);
            using var list = Open();

            Enumerable.Range(0, count).All(n => list.Has($"stolen password {n}")).ShouldBeTrue();
            Enumerable.Range(0, 200).Any(n => list.Has($"nobody's password {n}")).ShouldBeFalse();
        }
    }

    [Fact]
    public void Small_letters_are_the_same_digits()
    {
        Write(["correct horse battery staple 9", "another"], p => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(p))));
        using var list = Open();

        list.Has("correct horse battery staple 9").ShouldBeTrue();
        list.Has("correct horse battery staple 8").ShouldBeFalse();
    }

    [Fact]
    public void A_stolen_password_is_refused_however_hard_it_is_to_guess()
    {
        const string Hard = "vexing-quartz-lantern-42-obelisk";
        Write([Hash(false, Hard)], "", "\n", true);
        using var list = Open();
        using var passwords = new Passwords(list, TimeProvider.System);

        var problem = Should.Throw<ProblemException>(() => passwords.RequireStrong(Hard)).Problem;
        problem.Code.ShouldBe("DV7006");
        problem.Detail.ShouldContain("stolen");
        problem.Detail.ShouldNotContain(Hard);
        passwords.RequireStrong(Hard + "!");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no hashes at all\n")]
    [InlineData("0123456789\n")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\n0000000000000000000000000000000000000000\n")]
    [InlineData("0000000000000000000000000000000000000000\nnot a hash\n")]
    public void What_is_no_sorted_list_keeps_the_server_from_starting(string text)
    {
        File.WriteAllText(_file, text);

        var problem = Should.Throw<ProblemException>(() => Open().Dispose()).Problem;
        problem.Code.ShouldBe("DV7100");
        problem.Detail.ShouldContain(_file);
    }

    [Fact]
    public void A_list_that_is_not_there_keeps_the_server_from_starting()
    {
        using var list = new BreachedPasswords(new ServerOptions { Data = "/nowhere", BreachedPasswords = "/nowhere/at-all" });

        Should.Throw<ProblemException>(list.Open).Problem.Code.ShouldBe("DV7100");
    }

    [Fact]
    public void A_list_with_lines_that_never_end_is_searched_to_an_end()
    {
        File.WriteAllText(_file, $"{new string('0', 40)}\n{new string('5', 100_000)}\n{new string('F', 40)}\n");
        using var list = Open();

        Enumerable.Range(0, 50).Any(n => list.Has($"password {n}")).ShouldBeFalse();
    }

    private BreachedPasswords Open()
    {
        var list = new BreachedPasswords(new ServerOptions { Data = "/nowhere", BreachedPasswords = _file });
        list.Open();
        return list;
    }

    private void Write(IEnumerable<string> hashes, string behind, string end, bool endsLastLine)
    {
        var text = string.Concat(hashes.Order(StringComparer.Ordinal).Select(h => $"{h}{behind}{end}"));
        File.WriteAllText(_file, endsLastLine ? text : text[..^end.Length]);
    }

    private void Write(string[] passwords, Func<string, string> hash) => Write(passwords.Select(hash), "", "\n", true);

#pragma warning disable CA5350
    private static string Hash(bool isSha1, string password) => Convert.ToHexString(isSha1 ? SHA1.HashData(Encoding.UTF8.GetBytes(password)) : SHA256.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
}
