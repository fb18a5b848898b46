using System.CommandLine;

namespace Davit.Cli.Shell;

/// <summary>What verbs are about. The plural is taken too, unless it is a verb of its own.</summary>
internal sealed class Noun : Command
{
    public Noun(string name, string description, bool hasPlural = true) : base(name, description)
    {
        if (hasPlural)
            Aliases.Add($"{name}s");
    }
}
