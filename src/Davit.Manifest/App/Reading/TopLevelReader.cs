using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads networks, volumes, configs and secrets.</summary>
internal sealed class TopLevelReader(Reader compose, Reader davit, LoadSession session)
{
    private string Root => session.Request.Source.Root;

    public ImmutableSortedDictionary<string, NetworkSpec> Networks() =>
        Maps.Empty<NetworkSpec>().AddRange(compose.Named("networks").Select(n => KeyValuePair.Create(n.Key, Network(n.Key, n.Value))));

    public ImmutableSortedDictionary<string, VolumeSpec> Volumes(string app, IReadOnlyDictionary<string, string> made) => Maps.Empty<VolumeSpec>()
        .AddRange(compose.Named("volumes").Select(v => KeyValuePair.Create(v.Key, Volume(v.Key, v.Value))))
        .SetItems(made.Keys.Select(k => KeyValuePair.Create(k, Volume(k, new Reader(new MapNode(), $"volumes.{k}", davit.Faults)) with { Name = $"{app}_{k}" })));

    public ImmutableSortedDictionary<string, ConfigSpec> Configs() => Maps.Empty<ConfigSpec>().AddRange(compose.Named("configs").Select(c => KeyValuePair.Create(
        c.Key,
        new ConfigSpec(c.Key, c.Value.Text("name") ?? c.Key, Config(c.Key, c.Value)) { Labels = c.Value.Pairs("labels"), TemplateDriver = c.Value.Text("template_driver") })));

    public ImmutableSortedDictionary<string, SecretSpec> Secrets() => Maps.Empty<SecretSpec>().AddRange(compose.Named("secrets").Select(s => KeyValuePair.Create(
        s.Key,
        new SecretSpec(s.Key, s.Value.Text("name") ?? s.Key, Secret(s.Key, s.Value)) { Labels = s.Value.Pairs("labels"), TemplateDriver = s.Value.Text("template_driver") })));

    private static NetworkSpec Network(string key, Reader r)
    {
        if (r.Flag("external"))
            r.Faults.Warn(ManifestProblems.NeedsCapability, $"networks.{key} is external; using it needs a capability of the org", r.At("external"), r.Path);
        var ipam = r.Child("ipam");
        return new NetworkSpec
        {
            Key = key,
            Name = r.Text("name") ?? key,
            Driver = r.Text("driver"),
            DriverOptions = r.Pairs("driver_opts"),
            Labels = r.Pairs("labels"),
            IsExternal = r.Flag("external"),
            IsInternal = r.Flag("internal"),
            IsAttachable = r.Flag("attachable"),
            EnableIpv4 = r.MaybeFlag("enable_ipv4"),
            EnableIpv6 = r.MaybeFlag("enable_ipv6"),
            IpamDriver = ipam.Text("driver"),
            IpamOptions = ipam.Pairs("options"),
            IpamPools = [.. ipam.Items("config").Select(p => new IpamPoolSpec
            {
                Subnet = p.Text("subnet"), Gateway = p.Text("gateway"), IpRange = p.Text("ip_range"), AuxiliaryAddresses = p.Pairs("aux_addresses"),
            })],
        };
    }

    private VolumeSpec Volume(string key, Reader r)
    {
        if (r.Flag("external"))
            r.Faults.Warn(ManifestProblems.NeedsCapability, $"volumes.{key} is external; using it needs a capability of the org", r.At("external"), r.Path);
        var own = davit.Child("volumes").Child(key);
        var backup = own.Child("backup");
        return new VolumeSpec
        {
            Key = key,
            Name = r.Text("name") ?? key,
            Driver = r.Text("driver"),
            DriverOptions = r.Pairs("driver_opts"),
            Labels = r.Pairs("labels"),
            IsExternal = r.Flag("external"),
            IsShared = own.Flag("shared"),
            Size = own.Size("size"),
            Backup = backup.Duration("every") is { } every ? new BackupSpec(every, backup.Int("keep") ?? 14) : null,
        };
    }

    private FileSource Config(string key, Reader r)
    {
        if (r.Text("file") is { } file)
            return File($"configs.{key}", file, r);
        if (r.Text("environment") is { } variable)
            return new FileSource.EnvironmentVariable(variable);
        return r.Flag("external") ? new FileSource.External(r.Text("name") ?? key) : new FileSource.Content(r.Text("content") ?? "");
    }

    private FileSource Secret(string key, Reader r)
    {
        if (r.Text("environment") is { } variable)
        {
            r.Error(ManifestProblems.KeyRefused, $"secrets.{key}: a secret from the environment is refused; 'davit secret set {key}' and write external: true", "environment");
            return new FileSource.EnvironmentVariable(variable);
        }

        if (r.Text("file") is not { } file)
            return new FileSource.External(r.Text("name") ?? key);
        if (session.Request.Source.Look(file) is SourceEntry.Missing)
        {
            r.Faults.Warn(ManifestProblems.FileMissing, $"secrets.{key}: '{GoPath.Relative(Root, file)}' does not exist; what 'davit secret set {key}' sets is taken in its place", r.At("file"), r.Path);
            return new FileSource.External(key);
        }

        r.Faults.Warn(ManifestProblems.SecretFromFile, $"secrets.{key} lies in the app directory and becomes part of every release; 'davit secret set {key}' keeps it out", r.At("file"), r.Path);
        return File($"secrets.{key}", file, r);
    }

    private FileSource.File File(string place, string path, Reader r)
    {
        var relative = GoPath.Relative(Root, path);
        if (!GoPath.IsBelow(Root, path) || session.Request.Source.Look(path) is SourceEntry.Refused)
            r.Error(ManifestProblems.PathOutside, $"{place}: '{relative}' leads out of the app directory", "file");
        else if (session.Request.Source.Look(path) is not SourceEntry.File)
            r.Error(ManifestProblems.FileMissing, $"{place}: '{relative}' does not exist", "file");
        return new FileSource.File(relative);
    }
}
