using System.Text;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>How a method is called over HTTP: one rule of <c>google.api.http</c>.</summary>
internal sealed record HttpBinding(string Verb, string Path, string Body, string ResponseBody)
{
    /// <summary>The number of the option.</summary>
    public const int Option = 72295728;

    private const int MostBindings = 1_000;

    private static readonly string[] Verbs = ["", "", "GET", "PUT", "POST", "DELETE", "PATCH"];

    /// <summary>The path without the names of its variables, which no caller sees.</summary>
    public string Template { get; } = Nameless(Path);

    public string Line => $"{Verb} {Path} {Body} {ResponseBody}".Trim();

    /// <summary>The main one first; none where the method has no such option.</summary>
    public static IReadOnlyList<HttpBinding> Of(ProtoMethod method)
    {
        var rule = method.Options.Message(Option);
        return rule.IsEmpty ? [] : [Read(rule), .. rule.All(11).Take(MostBindings).Select(r => Read(new WireMessage(r)))];
    }

    public override string ToString() => $"{Verb} {Path}";

    private static HttpBinding Read(WireMessage rule)
    {
        var (verb, path) = ("", "");
        for (var number = 2; number < Verbs.Length; number++)
        {
            if (rule.Text(number) is { } named)
                (verb, path) = (Verbs[number], named);
        }

        if (rule.Message(8) is { IsEmpty: false } custom)
            (verb, path) = (custom.Text(1) ?? "", custom.Text(2) ?? "");
        return new HttpBinding(verb, path, rule.Text(7) ?? "", rule.Text(12) ?? "");
    }

    private static string Nameless(string path)
    {
        var nameless = new StringBuilder(path.Length);
        var left = path.AsSpan();
        while (left.IndexOf('{') is >= 0 and var begin && left[begin..].IndexOf('}') is >= 0 and var length)
        {
            var variable = left.Slice(begin + 1, length - 1);
            var pattern = variable.IndexOf('=') is >= 0 and var name ? variable[(name + 1)..] : "*";
            nameless.Append(left[..begin]).Append('{').Append(pattern).Append('}');
            left = left[(begin + length + 1)..];
        }

        return nameless.Append(left).ToString();
    }
}
