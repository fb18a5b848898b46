using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit rollback [--to …]</c></summary>
internal sealed class Rollback : Verb
{
    private readonly Option<string?> _to = new("--to") { Description = "A deployment (id or number) or a release id; the last one that served when left away." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return as soon as it is accepted." };

    public Rollback() : base("rollback", "Go back to a whole release that served before: images, configuration, mounts and routes. Builds nothing.", "davit rollback --to 12")
    {
        Add(_to);
        Add(_noWait);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        return await Sending.SendAsync(asked, env, new DeployRequest(new DeploymentSource.Former(asked.Get(_to) ?? "")), asked.Get(_noWait), ct);
    }
}
