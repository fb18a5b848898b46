using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit rollback [--to …]</c></summary>
internal sealed class Rollback : Verb
{
    private readonly Option<string?> _to = new("--to") { Description = "A deployment (id or number) or a release id; the last one that served when left away." };
    private readonly SendOptions _send = new();

    public Rollback() : base(
        "rollback", "Go back to a whole release that served before: images, configuration, mounts and routes. Builds nothing.", "davit rollback", "davit rollback --to 12 --reason 'checkout fails'")
    {
        Add(_to);
        _send.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _send.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        return await _send.SendAsync(asked, env, new DeployRequest(new DeploymentSource.Former(asked.Get(_to) ?? "")), ct);
    }
}
