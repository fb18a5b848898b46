using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit deploy [directory]</c></summary>
internal class Deploy : Verb
{
    private readonly SourceOptions _source = new();
    private readonly Option<string?> _plan = new("--plan") { Description = "Refuse unless the plan still has this hash." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace instances even where nothing changed." };
    private readonly Option<string> _queue = new("--queue") { Description = "all waits for the deployments before this one; newest takes the place of those that have not begun.", DefaultValueFactory = _ => "all" };
    private readonly SendOptions _send = new();

    public Deploy() : this(
        "deploy", "Bring a change into an environment, without downtime, or leave everything as it was.",
        "davit deploy --env production", "davit deploy --image registry.example/shop:1.4 --port 8080 --reason 'new checkout'", "davit deploy --plan HASH")
    {
    }

    protected Deploy(string name, string description, params string[] examples) : base(name, description, examples)
    {
        _source.AddTo(this);
        Add(_plan);
        Add(_force);
        Add(_queue.AcceptOnlyFromAmong("all", "newest"));
        _send.AddTo(this);
    }

    protected SourceOptions Source => _source;

    protected bool IsDry(Invocation asked) => _send.IsDry(asked);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _send.Check(asked);
        _source.LookThere(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var source = await _source.ResolveAsync(asked, ct);
        return await _send.SendAsync(asked, env, new DeployRequest(source) { Plan = asked.Get(_plan), Force = asked.Get(_force), Queue = asked.Get(_queue)! }, ct);
    }
}
