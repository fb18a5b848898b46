using System.Globalization;
using System.Text;

namespace Davit.Manifest.Discovery;

/// <summary>The port a Dockerfile says its image listens on.</summary>
internal static class DockerfileFacts
{
    /// <summary>The first TCP port of the last <c>EXPOSE</c> of the last stage; variables are not followed.</summary>
    public static int? Port(byte[] file)
    {
        int? port = null;
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2)
                continue;
            if (words[0].Equals("FROM", StringComparison.OrdinalIgnoreCase))
                port = null;
            if (words[0].Equals("EXPOSE", StringComparison.OrdinalIgnoreCase))
                port = words.Skip(1).Select(Number).FirstOrDefault(n => n is not null) ?? port;
        }

        return port;
    }

    private static int? Number(string word)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && !word.EndsWith("/tcp", StringComparison.OrdinalIgnoreCase))
            return null;
        return ushort.TryParse(slash < 0 ? word : word[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
    }
}
