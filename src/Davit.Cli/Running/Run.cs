using System.CommandLine;
using System.Text.Json;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Running;

/// <summary><c>davit run &lt;service&gt; -- command</c></summary>
internal sealed class Run : Verb
{
    private readonly Argument<string> _service = new("service") { Description = "Whose image and configuration to use." };
    private readonly Argument<string[]> _command = new("command") { Description = "The command and its arguments.", Arity = ArgumentArity.OneOrMore };

    public Run() : base("run", "Run a command in a throw-away instance of what serves now; its exit code is passed on.", "davit run web -- ./manage migrate --check", "davit run worker --env staging -- env")
    {
        Add(_service);
        Add(_command);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        asked.NamedServices = [asked.Get(_service)!];
        var request = new RunRequest(asked.Get(_service)!, asked.Get(_command)!);
        var code = (int)ExitCode.NotStarted;
        await foreach (var line in asked.Api.PostStreamAsync($"{await asked.EnvPathAsync(ct)}/runs", request, (WireJson.Default.RunRequest, WireJson.Default.RunLine), ct))
        {
            code = line.ExitCode ?? code;
            if (asked.Terminal.IsJson)
                asked.Terminal.Item(line, WireJson.Default.RunLine);
            else if (line.Stream is "problem")
                asked.Terminal.Show(JsonSerializer.Deserialize(line.Text, WireJson.Default.ProblemBody)!.ToProblem());
            else if (line.Stream is "err")
                asked.Terminal.Log(line.Text);
            else if (line.Stream is "out")
                asked.Terminal.Answer(line.Text);
        }

        return (ExitCode)code;
    }
}
