using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Hosting;
using Davit.Model;
using Microsoft.Win32.SafeHandles;

namespace Davit.ControlPlane.SignIn;

/// <summary>
/// A list of stolen passwords that the operator has put on the machine: sorted lines of SHA-1 or SHA-256 in hex, each with or
/// without <c>:COUNT</c> behind it. It has tens of gigabytes, so it is searched where it lies; no password leaves the machine.
/// </summary>
internal sealed class BreachedPasswords(ServerOptions options) : IHostedService, IDisposable
{
    private const int LongestLine = 128;
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789ABCDEFabcdef");

    private SafeFileHandle? _file;
    private long _length;
    private int _digits;

    /// <exception cref="ProblemException">DV7100: whoever names a list does not want to do without it.</exception>
    public void Open()
    {
        if (options.BreachedPasswords is not { Length: > 0 } path)
            return;
        try
        {
            _file = File.OpenHandle(path);
            _length = RandomAccess.GetLength(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(PeopleProblems.BreachedListUnusable(path, "cannot be read"), e);
        }

        _digits = DigitsOf(LineAt(0));
        if (_digits is not (Sha1Digits or Sha256Digits) || DigitsOf(LineAt(StartOfLast())) != _digits)
            throw new ProblemException(PeopleProblems.BreachedListUnusable(path, "does not hold lines of 40 or 64 hexadecimal digits"));
        if (string.CompareOrdinal(Hash(LineAt(0)), Hash(LineAt(StartOfLast()))) > 0)
            throw new ProblemException(PeopleProblems.BreachedListUnusable(path, "is not sorted by hash"));
    }

    /// <summary>Halves what is left of the file until the line is found or nothing is left: some 35 reads of a block for a thousand million lines.</summary>
    public bool Has(string password)
    {
        if (_file is null)
            return false;
        var bytes = Encoding.UTF8.GetBytes(password);
        var wanted = Convert.ToHexString(_digits is Sha1Digits ? Sha1(bytes) : SHA256.HashData(bytes));
        for (var (low, high) = (0L, _length); low < high;)
        {
            var start = StartOf(low, low + ((high - low) / 2));
            var line = LineAt(start);
            switch (string.CompareOrdinal(wanted, Hash(line)))
            {
                case 0:
                    return true;
                case < 0:
                    high = start;
                    break;
                default:
                    low = start + line.Length + 1;
                    break;
            }
        }

        return false;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _file?.Dispose();

    /// <param name="low">The beginning of a line at or before it.</param>
    private long StartOf(long low, long at)
    {
        var from = Math.Max(low, at - LongestLine);
        Span<byte> before = stackalloc byte[LongestLine];
        before = before[..Fill(before[..(int)(at - from)], from)];
        var end = before.LastIndexOf((byte)'\n');
        return end >= 0 ? from + end + 1 : from;
    }

    private long StartOfLast() => StartOf(0, Math.Max(0, _length - 2));

    /// <summary>Without its end. A line that is too long is cut, and equals no hash.</summary>
    private string LineAt(long start)
    {
        Span<byte> line = stackalloc byte[LongestLine];
        line = line[..Fill(line, start)];
        var end = line.IndexOf((byte)'\n');
        return Encoding.Latin1.GetString(end < 0 ? line : line[..end]);
    }

    private int Fill(Span<byte> buffer, long from)
    {
        var filled = 0;
        while (filled < buffer.Length && RandomAccess.Read(_file!, buffer[filled..], from + filled) is > 0 and var read)
            filled += read;
        return filled;
    }

    private string Hash(string line) => line[..Math.Min(line.Length, _digits)].ToUpperInvariant();

    private static int DigitsOf(string line)
    {
        var end = line.AsSpan().IndexOfAnyExcept(Digits);
        return end < 0 ? line.Length : line[end] is ':' or '\r' ? end : 0;
    }

    /// <summary>The form that the public lists have; it proves nothing here, so that its age does not matter.</summary>
#pragma warning disable CA5350
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);
#pragma warning restore CA5350
}
