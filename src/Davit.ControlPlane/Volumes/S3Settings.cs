using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>A bucket, and what every name in it begins with.</summary>
/// <param name="Prefix">"" or something that ends with a slash.</param>
internal sealed partial record S3Place(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    public static bool Names(string place) => place.StartsWith(Scheme, StringComparison.Ordinal);

    /// <exception cref="ProblemException">DV4201.</exception>
    public static S3Place Parse(string place)
    {
        var (bucket, prefix) = place[Scheme.Length..].Split('/', 2) switch { [var b, var p] => (b, p.Trim('/')), var all => (all[0], "") };
        return Bucketlike.IsMatch(bucket) && (prefix is "" || Prefixlike.IsMatch(prefix))
            ? new(bucket, prefix is "" ? "" : $"{prefix}/")
            : throw new ProblemException(ServerProblems.BadOption("--backups", place, "s3://BUCKET or s3://BUCKET/PREFIX, of letters, digits, '.', '-' and '_'"));
    }

    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}".TrimEnd('/');

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Bucketlike { get; }

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Prefixlike { get; }
}

/// <summary>How a bucket is reached. It lies in a file of lines such as <c>region = eu-central-1</c>, so that no key is in an argument list or an environment.</summary>
/// <param name="Endpoint">Null is the region's own of AWS.</param>
/// <param name="IsPathStyle">Whether the bucket is named in the path instead of the host.</param>
internal sealed record S3Settings(Uri? Endpoint, string Region, string AccessKey, string SecretKey, bool IsPathStyle)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Known = ["endpoint", "region", "access-key", "secret-key", "style"];

    /// <exception cref="ProblemException">DV6015; it never repeats what stands in the file.</exception>
    public static S3Settings Read(string file)
    {
        try
        {
            if ((File.GetUnixFileMode(file) & ~Private) is not UnixFileMode.None)
                throw Unusable(file, "can be read or changed by other users");
            return Of(file, Lines(file, File.ReadAllLines(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(VolumeProblems.TargetSettings(file, e is FileNotFoundException or DirectoryNotFoundException ? "is not there" : "cannot be read"), e);
        }
    }

    /// <summary>Without the keys: a record would print them.</summary>
    public override string ToString() => $"{Endpoint?.ToString() ?? "AWS"}, {Region}, {(IsPathStyle ? "path" : "virtual")} style";

    private static Dictionary<string, string> Lines(string file, string[] lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not { Length: > 0 } line || line[0] is '#')
                continue;
            var (name, value) = line.Split('=', 2, StringSplitOptions.TrimEntries) switch { [var n, var v] => (n, v), _ => ("", "") };
            if (!Known.Contains(name, StringComparer.Ordinal) || value is "" || !values.TryAdd(name, value))
                throw Unusable(file, $"is wrong in line {i + 1}: each line sets one of {string.Join(", ", Known)} once, as in 'region = eu-central-1'");
        }

        return values;
    }

    private static S3Settings Of(string file, Dictionary<string, string> values)
    {
        var endpoint = values.GetValueOrDefault("endpoint") is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" } ? uri
            : throw Unusable(file, "has an endpoint that is not like https://s3.example.org or http://10.0.0.7:9000");
        if (!values.TryGetValue("access-key", out var access) || !values.TryGetValue("secret-key", out var secret))
            throw Unusable(file, "does not set both access-key and secret-key");
        if (endpoint is null && !values.ContainsKey("region"))
            throw Unusable(file, "sets neither endpoint nor region");
        var style = values.GetValueOrDefault("style", endpoint is null ? "virtual" : "path");
        if (style is not ("path" or "virtual"))
            throw Unusable(file, "has a style that is neither path nor virtual");
        return new(endpoint, values.GetValueOrDefault("region", "us-east-1"), access, secret, style is "path");
    }

    private static ProblemException Unusable(string file, string why) => new(VolumeProblems.TargetSettings(file, why));
}
