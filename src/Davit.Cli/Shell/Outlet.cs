using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Davit.Cli.Shell;

/// <summary>How a piece of text is shown where there is colour.</summary>
internal enum Mark
{
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
}

/// <summary>
/// One of the two standard streams. Text is marked wherever it comes from and the marks become colour only here, so what
/// is piped stays free of escape bytes while the other stream is a terminal.
/// </summary>
internal sealed class Outlet
{
    private const char Begin = '\uF8F0';
    private const char End = '\uF8FF';

    private readonly TextWriter _to;

    private Outlet(TextWriter to, bool isTerminal, bool hasColour) => (_to, IsTerminal, HasColour) = (to, isTerminal, hasColour);

    public bool IsTerminal { get; }

    public bool HasColour { get; }

    /// <summary>In columns; <see langword="null"/> where nobody looks.</summary>
    public int? Width => IsTerminal && Console.WindowWidth is > 0 and var width ? width : null;

    /// <param name="number">1 or 2.</param>
    /// <param name="colour"><c>auto</c>, <c>always</c> or <c>never</c>.</param>
    public static Outlet OfProcess(int number, string colour)
    {
        var isTerminal = !(number is 1 ? Console.IsOutputRedirected : Console.IsErrorRedirected);
        var writer = new StreamWriter(Open(number), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096, leaveOpen: true) { AutoFlush = true };
        return new Outlet(writer, isTerminal, colour is "always" || (colour is not "never" && isTerminal && WantsColour));
    }

    public static string Marked(Mark mark, string text) => text is "" ? "" : $"{Begin}{(char)(Begin + 1 + Position(mark))}{text}{End}";

    public void Write(string text) => _to.Write(Rendered(text));

    /// <summary>Replaces what stands on the last line.</summary>
    public void Redraw(string line) => _to.Write($"\r\e[K{Rendered(line)}");

    /// <summary>No longer than a line of this terminal.</summary>
    public string Cut(string line) => Width is { } width && line.Length >= width ? line[..(width - 1)] : line;

    private static bool WantsColour => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    /// <summary>
    /// The console's own stream swallows the news that a pipe's reader is gone, and a command that follows something would
    /// never end; a file has to be written through it, because only it leaves the position to those who share the file.
    /// </summary>
    private static Stream Open(int number)
    {
        try
        {
            var direct = new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!direct.CanSeek)
                return direct;
        }
        catch (Exception closed) when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
        }

        return number is 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
    }

    private static int Position(Mark mark) => mark is Mark.Bold or Mark.Dim ? (int)mark : (int)mark - (int)Mark.Red + 3;

    private static int Code(char mark)
    {
        var position = mark - Begin - 1;
        return position < 3 ? position : position - 3 + (int)Mark.Red;
    }

    private string Rendered(string text)
    {
        if (!text.Contains(End, StringComparison.Ordinal))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is Begin && i + 1 < text.Length)
                shown.Append(HasColour ? $"\e[{Code(text[++i])}m" : Skipped(ref i));
            else if (text[i] is End)
                shown.Append(HasColour ? "\e[0m" : "");
            else
                shown.Append(text[i]);
        }

        return shown.ToString();
    }

    private static string Skipped(ref int at)
    {
        at++;
        return "";
    }
}
