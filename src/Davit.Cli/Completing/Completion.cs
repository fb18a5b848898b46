using System.CommandLine;
using Davit.Cli.Shell;

namespace Davit.Cli.Completing;

/// <summary><c>davit completion bash|zsh|fish</c></summary>
internal sealed class Completion : Verb
{
    /// <summary>The shells ask <c>davit complete</c>, so the scripts never grow old.</summary>
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] =
            """
            _davit() {
              local IFS=$'\n'
              COMPREPLY=($(davit complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
            }
            complete -o default -F _davit davit

            """,
        ["zsh"] =
            """
            #compdef davit
            _davit() {
              local -a found
              found=("${(@f)$(davit complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
              [[ -n "$found" ]] && compadd -a found || _files
            }
            compdef _davit davit

            """,
        ["fish"] =
            """
            function __davit_complete
              set -l words (commandline -opc) (commandline -ct)
              davit complete -- $words[2..-1] 2>/dev/null
            end
            complete -c davit -a '(__davit_complete)'

            """,
    };

    private readonly Argument<string> _shell = new Argument<string>("shell") { Description = "bash, zsh or fish." }.AcceptOnlyFromAmong([.. Scripts.Keys]);

    public Completion() : base("completion", "Print a script that makes a shell complete verbs, flags and the names of apps, environments and services.", "source <(davit completion bash)", "davit completion fish > ~/.config/fish/completions/davit.fish") => Add(_shell);

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Raw(Scripts[asked.Get(_shell)!].ReplaceLineEndings("\n"));
        return Task.FromResult(ExitCode.Done);
    }
}
