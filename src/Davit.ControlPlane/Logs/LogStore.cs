using System.Globalization;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Redacting;
using Davit.Model;

namespace Davit.ControlPlane.Logs;

/// <summary>Where the lines of instances and deployments lie. Ids only, so no name a user chose becomes a path.</summary>
internal sealed class LogStore(ServerOptions options, Redaction redaction, TimeProvider clock)
{
    private long _ordinal;

    public Redaction Redaction => redaction;

    public LogFile OfInstance(EnvId env, InstanceId instance) => new(Path.Combine(options.LogFiles, env.ToString(), $"{instance}.log")) { Redactor = ct => redaction.OfAsync(env, ct) };

    public LogFile OfDeployment(EnvId env, DeploymentId deployment) => new(Path.Combine(options.LogFiles, env.ToString(), $"{deployment}.log")) { Redactor = ct => redaction.OfAsync(env, ct) };

    /// <summary>A line of Davit's own, such as build output, with the phase it belongs to.</summary>
    public LogRecord Own(string stream, string text)
    {
        var at = clock.GetUtcNow();
        var nanoseconds = (at - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new(at, string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}.{Interlocked.Increment(ref _ordinal)}"), stream, text);
    }

    public void Forget(EnvId env)
    {
        var directory = Path.Combine(options.LogFiles, env.ToString());
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
