using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Validation;

/// <summary>Tells for every key that is used what the platform does with it.</summary>
internal sealed class KeyReport(FaultSink faults)
{
    /// <summary>The capabilities an engine gives without being asked; adding one of them asks for nothing.</summary>
    private static readonly HashSet<string> UsualCapabilities = new(
        "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".Split(' '), StringComparer.Ordinal);

    private readonly ImmutableArray<KeyUse>.Builder _uses = ImmutableArray.CreateBuilder<KeyUse>();

    public ImmutableArray<KeyUse> Of(IEnumerable<KeyValuePair<string, MapNode>> services)
    {
        foreach (var (name, service) in services)
        {
            foreach (var (key, value) in service.Entries.Where(e => !e.Value.IsNull))
                Key(name, service, key, value);
        }

        return _uses.ToImmutable();
    }

    private void Key(string name, MapNode service, string key, Node value)
    {
        var at = service.KeyAt(key);
        var path = $"services.{name}.{key}";
        var (found, says) = Class(key, value);
        _uses.Add(new KeyUse(name, key, found, at, says));
        switch (found)
        {
            case KeyClass.DriverLimited:
                faults.Note(ManifestProblems.DriverLimited, $"{path} is honoured where the driver can", at, path);
                break;
            case KeyClass.Capability:
                faults.Warn(ManifestProblems.NeedsCapability, $"{path} needs a capability of the org{says}", at, path);
                break;
            case KeyClass.Note:
                faults.Note(ManifestProblems.WithoutEffect, $"{path} has no effect: {says}", at, path);
                break;
            case KeyClass.Refused:
                faults.Error(ManifestProblems.KeyRefused, $"{path} is refused: {says}", at, path);
                break;
        }

        Deploy(name, key, value);
    }

    private static (KeyClass Class, string Says) Class(string key, Node value)
    {
        var text = value.AsText;
        if (key is "network_mode" && text?.StartsWith("container:", StringComparison.Ordinal) is true)
            return (KeyClass.Refused, "use service:NAME");
        if (text is "host" && key is ("network_mode" or "pid" or "ipc" or "uts" or "cgroup"))
            return (KeyClass.Capability, ": it shares the host's own");
        if (key is "cap_add" && value is ListNode list && list.Items.Find(i => !UsualCapabilities.Contains(Bare(i.AsText ?? ""))) is { } beyond)
            return (KeyClass.Capability, $": {beyond.AsText} is beyond what an engine gives");
        if (key is "security_opt" && value is ListNode options && options.Items.TrueForAll(o => o.AsText is "no-new-privileges" or "no-new-privileges:true"))
            return (KeyClass.Honoured, "");
        return (KeyClasses.Of(key), KeyClasses.Instead(key));
    }

    private void Deploy(string name, string key, Node value)
    {
        if (key is not "deploy" || value is not MapNode deploy)
            return;
        foreach (var (inner, says) in ((string, string)[])[("endpoint_mode", "the edge and the driver choose"), ("rollback_config", "a return uses the same rollout")])
        {
            if (deploy.Has(inner))
                faults.Note(ManifestProblems.WithoutEffect, $"services.{name}.deploy.{inner} has no effect: {says}", deploy.KeyAt(inner), $"services.{name}.deploy.{inner}");
        }
    }

    private static string Bare(string capability) => capability.StartsWith("CAP_", StringComparison.Ordinal) ? capability["CAP_".Length..] : capability;
}
