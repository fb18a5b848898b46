using System.Collections.Immutable;
using System.Text;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Planning.Configuring;

/// <summary>What one service gets: variables whose values are known, and those that are made of secrets.</summary>
public sealed record ServiceConfiguration(EquatableMap Environment, EquatableList<SecretVariable> Secrets)
{
    private const int MostDelivered = 128 << 10;

    public ImmutableSortedDictionary<string, Winner> Names { get; private init; } = ImmutableSortedDictionary<string, Winner>.Empty;

    /// <summary>Every value, also of secrets that are delivered as files only.</summary>
    public ImmutableSortedDictionary<string, ResolvedValue> Values { get; private init; } = ImmutableSortedDictionary<string, ResolvedValue>.Empty;

    public ImmutableArray<Fault> Faults { get; private init; } = [];

    public static ServiceConfiguration Of(ServiceSpec service, EnvConfiguration configuration, ReferenceFacts facts)
    {
        var manifest = new Layer(LayerKind.Manifest, "manifest", [.. service.Environment.Where(v => v.Value is not null).Select(v => new Setting(v.Key, new SettingValue.Text(v.Value!)))]);
        return Of(service.Name, manifest, configuration, facts);
    }

    public static ServiceConfiguration Of(string service, Layer manifest, EnvConfiguration configuration, ReferenceFacts facts)
    {
        var names = Layering.Of(configuration.For(service, manifest));
        var resolver = new ReferenceResolver(names, facts);
        var values = names.Keys.Select(n => KeyValuePair.Create(n, resolver.Resolve(n))).Where(v => v.Value is not null)
            .ToImmutableSortedDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal);
        var delivered = values.Where(v => names[v.Key].Setting.Value is not SettingValue.Secret { IsVariable: false }).ToList();
        return new(
            EquatableMap.From(delivered.Where(v => !v.Value.IsSecret).Select(v => KeyValuePair.Create(v.Key, v.Value.Text))),
            [.. delivered.Where(v => v.Value.IsSecret).Select(v => new SecretVariable(v.Key, [.. v.Value.Parts]))])
        {
            Names = names,
            Values = values,
            Faults = [.. resolver.Faults, .. Unfit(configuration, names, values), .. TooMuch(service, delivered)],
        };
    }

    /// <summary>The stored secret of a name that outranks what the manifest brings, or is all there is.</summary>
    public SecretPin? SecretOf(string name, bool isInManifest) => Names.TryGetValue(name, out var winner) && winner.Setting.Value is SettingValue.Secret secret
        && (!isInManifest || winner.Layer.Kind > LayerKind.Manifest)
        ? secret.Pin
        : null;

    /// <summary>What must have a value and has none in any service: one service may well need what another one does not.</summary>
    public static IEnumerable<Fault> Required(EnvConfiguration configuration, IReadOnlyCollection<ServiceConfiguration> services) => configuration.Definitions
        .Where(d => d.IsRequired && !services.Any(s => s.Names.TryGetValue(d.Name, out var winner) && !winner.IsUnset))
        .Select(d => Of(d, $"{d.Name} must have a value{(d.Description is "" ? "" : $": {d.Description}")}", null));

    private static IEnumerable<Fault> Unfit(EnvConfiguration configuration, ImmutableSortedDictionary<string, Winner> names, ImmutableSortedDictionary<string, ResolvedValue> values)
    {
        foreach (var definition in configuration.Definitions)
        {
            if (values.TryGetValue(definition.Name, out var value) && !value.IsSecret && definition.Refuses(value.Text) is { } why)
                yield return Of(definition, $"{definition.Name} must {why}", new SourcePosition($"{definition.Name} ({names[definition.Name].Layer.Label})", 1, 1));
        }
    }

    private static IEnumerable<Fault> TooMuch(string service, IEnumerable<KeyValuePair<string, ResolvedValue>> delivered)
    {
        var bytes = delivered.Sum(v => v.Key.Length + Encoding.UTF8.GetByteCount(v.Value.Text) + 2);
        if (bytes > MostDelivered)
            yield return new Fault(VariableProblems.ValueFault, Severity.Error, $"the variables of {service} take {bytes:N0} bytes; a process gets at most {MostDelivered:N0}", null, service);
    }

    private static Fault Of(VariableDefinition definition, string message, SourcePosition? at) => new(VariableProblems.ValueFault, Severity.Error, message, at, definition.Name);
}
