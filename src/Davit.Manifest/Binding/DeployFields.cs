using Davit.Manifest.Yaml;
using static Davit.Manifest.Binding.Collections;
using static Davit.Manifest.Binding.Scalars;

namespace Davit.Manifest.Binding;

internal static class DeployFields
{
    private static readonly Struct Update = new(
        ("parallelism", KeptInteger), ("delay", DurationAboveZero), ("failure_action", Text), ("monitor", DurationAboveZero), ("max_failure_ratio", Real),
        ("order", Text));

    public static Struct DeviceRequest { get; } = new(
        ("capabilities", Texts), ("driver", Text), ("count", DeviceCount), ("device_ids", Texts), ("options", Pairs));

    private static readonly Struct Resource = new(
        ("cpus", Real), ("memory", Bytes), ("pids", Integer), ("devices", ListOf(DeviceRequest.Bind)),
        ("generic_resources", ListOf(new Struct(("discrete_resource_spec", new Struct(("kind", Text), ("value", KeptInteger)).Bind)).Bind)));

    public static Struct Deploy { get; } = new(
        ("mode", Text), ("replicas", KeptInteger), ("labels", Pairs), ("update_config", Update.Bind), ("rollback_config", Update.Bind),
        ("resources", new Struct(("limits", Resource.Bind), ("reservations", Resource.Bind)).Bind),
        ("restart_policy", new Struct(("condition", Text), ("delay", Duration), ("max_attempts", KeptInteger), ("window", Duration)).Bind),
        ("placement", new Struct(
            ("constraints", Texts), ("preferences", ListOf(new Struct(("spread", Text)).Bind)), ("max_replicas_per_node", Integer)).Bind),
        ("endpoint_mode", Text))
    {
        Always = [("resources", n => n.MapHere()), ("placement", n => n.MapHere())],
    };

    private static readonly Struct Limit = new(("path", Text), ("rate", Bytes));

    private static readonly Struct Weight = new(("path", Text), ("weight", Integer));

    public static Struct BlockIo { get; } = new(
        ("weight", Integer), ("weight_device", ListOf(Capitalised(Weight))), ("device_read_bps", ListOf(Capitalised(Limit))),
        ("device_read_iops", ListOf(Capitalised(Limit))), ("device_write_bps", ListOf(Capitalised(Limit))),
        ("device_write_iops", ListOf(Capitalised(Limit))));

    public static Struct Hook { get; } = new(
        ("command", Commands.Shell), ("image", Text), ("per_replica", KeptFlag), ("user", Text), ("privileged", Flag), ("working_dir", Text),
        ("environment", Variables))
    {
        Always = [("command", n => n.NullHere())],
    };

    public static Struct Develop { get; } = new(("watch", ListOf(new Struct(
        ("path", Text), ("action", Text), ("target", Text), ("exec", Hook.Bind), ("include", Texts), ("ignore", Texts), ("initial_sync", Flag))
    {
        Always = [("exec", n => Hook.Bind(n.MapHere(), new BindContext(new(), ""))!)],
    }.Bind)));

    /// <summary>The reference prints the keys of these entries with a capital letter.</summary>
    private static Codec Capitalised(Struct fields) => (value, at) =>
    {
        var bound = value.MapHere();
        foreach (var (key, field) in (fields.Bind(value, at) as MapNode)?.Entries ?? [])
            bound[char.ToUpperInvariant(key[0]) + key[1..]] = field;
        return bound;
    };
}
