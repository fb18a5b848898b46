using Davit.Contracts.Policies;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>Where policies are: <c>contracts</c> in <c>davit.yaml</c>, <c>.davit/contracts.yaml</c>, and the waivers that <c>accept</c> writes.</summary>
internal static class PolicyFiles
{
    public const string Waivers = ".davit/waivers.yaml";

    private const string Own = ".davit/contracts.yaml";
    private const string Manifest = "davit.yaml";

    /// <summary>Where policies are looked for: in the working directory when it has one, and at the top of its repository otherwise.</summary>
    public static string Root()
    {
        var here = Environment.CurrentDirectory;
        return File.Exists(Path.Combine(here, Own)) || File.Exists(Path.Combine(here, Manifest)) ? here : Above(here).FirstOrDefault(d => Path.Exists(Path.Combine(d, ".git"))) ?? here;
    }

    private static IEnumerable<string> Above(string directory)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }

    /// <param name="root">Where the files are looked for.</param>
    /// <param name="named">The file that stands for the first two; null when none is named.</param>
    public static ContractPolicy Read(string root, string? named, DateOnly today)
    {
        var policy = named is not null
            ? ContractPolicy.None.With(Of(Path.GetFullPath(named), named, isNeeded: true, today, ContractPolicy.Read))
            : Of(Path.Combine(root, Manifest), Manifest, isNeeded: false, today, ContractPolicy.ReadManifest).With(Of(Path.Combine(root, Own), Own, isNeeded: false, today, ContractPolicy.Read));
        return policy.With(ReadWaivers(root, today));
    }

    /// <summary>Those that <c>accept</c> wrote.</summary>
    public static ContractPolicy ReadWaivers(string root, DateOnly today) => Of(Path.Combine(root, Waivers), Waivers, isNeeded: false, today, ContractPolicy.Read);

    private static ContractPolicy Of(string path, string name, bool isNeeded, DateOnly today, Func<string, byte[], DateOnly, ContractPolicy> read)
    {
        if (!File.Exists(path))
            return isNeeded ? throw new ProblemException(CliProblems.Unreadable($"there is no policy '{name}'")) : ContractPolicy.None;
        try
        {
            return ContractVerb.Readable(() => read(name, File.ReadAllBytes(path), today));
        }
        catch (PolicyRefusedException refused)
        {
            throw new ProblemException(ContractProblems.BadPolicy(name, [.. refused.Faults.Select(f => (new SourcePosition(f.At.File, f.At.Line, f.At.Column), f.Text))]), refused);
        }
    }
}
