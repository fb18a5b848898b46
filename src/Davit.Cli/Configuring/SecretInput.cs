using System.CommandLine;
using System.Text;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary>Takes a secret from where nobody else sees it: a file, standard input or the keyboard; never from the command line.</summary>
internal sealed class SecretInput
{
    private readonly Option<string?> _file = new("--from-file") { Description = "Read the value from a file, byte for byte; - is standard input." };
    private readonly Option<int?> _random = new("--random") { Description = "Make a value of so many random letters and digits; nobody sees it." };
    private readonly Option<bool> _trim = new("--trim") { Description = "Leave out a line break at the end of the value." };
    private readonly Option<string?> _deliver = new Option<string?>("--deliver") { Description = "file, or env: also as a variable, which whoever may look at the runtime can read." }.AcceptOnlyFromAmong("file", "env");
    private readonly Option<bool> _force = new("--force") { Description = "Take it although it is so short or plain that it cannot be kept out of logs." };
    private readonly Option<int?> _expected = new("--expected-version") { Description = "Only if this is still the present version." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_file, _random, _trim, _deliver, _force, _expected])
            command.Add(option);
    }

    public async Task<SecretRequest> ReadAsync(Invocation asked, string name, CancellationToken ct)
    {
        var request = new SecretRequest { Deliver = asked.Get(_deliver), Force = asked.Get(_force), ExpectedVersion = asked.Get(_expected) };
        return asked.Get(_random) is { } length ? request with { Generate = length } : request with { Base64 = Convert.ToBase64String(await BytesAsync(asked, name, ct)) };
    }

    private async Task<byte[]> BytesAsync(Invocation asked, string name, CancellationToken ct)
    {
        if (asked.Get(_file) is { Length: > 0 } and not "-" and var file)
            return Ended(asked, await File.ReadAllBytesAsync(file, ct));
        if (!Console.IsInputRedirected)
            return asked.MayAsk ? Typed(asked, name) : throw new UsageException(CliProblems.Needed("value", "--from-file"));

        using var read = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(read, ct);
        return Ended(asked, read.ToArray());
    }

    private byte[] Ended(Invocation asked, byte[] bytes)
    {
        if (bytes is not [.., (byte)'\n'])
            return bytes;
        if (asked.Get(_trim))
            return bytes is [.., (byte)'\r', _] ? bytes[..^2] : bytes[..^1];
        asked.Terminal.Say("note: the value ends in a line break, which is part of it; --trim leaves it out");
        return bytes;
    }

    private static byte[] Typed(Invocation asked, string name)
    {
        asked.Terminal.Say($"Type the value of {name}; it is not shown:");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        }

        return Encoding.UTF8.GetBytes(typed.ToString());
    }
}
