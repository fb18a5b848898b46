using static Davit.Manifest.Binding.Collections;
using static Davit.Manifest.Binding.Scalars;

namespace Davit.Manifest.Binding;

/// <summary>The top level of a bound model.</summary>
internal static class ResourceFields
{
    private static readonly Struct Pool = new(("subnet", Text), ("gateway", Text), ("ip_range", Text), ("aux_addresses", Pairs));

    private static readonly Struct Network = new(
        ("name", Text), ("driver", Text), ("driver_opts", Pairs), ("ipam", new Struct(("driver", Text), ("config", ListOf(Pool.Bind)), ("options", Pairs)).Bind),
        ("external", Flag), ("internal", Flag), ("attachable", Flag), ("labels", Pairs), ("enable_ipv4", KeptFlag), ("enable_ipv6", KeptFlag))
    {
        Always = [("ipam", n => n.MapHere())],
    };

    private static readonly Struct Volume = new(("name", Text), ("driver", Text), ("driver_opts", Pairs), ("external", Flag), ("labels", Pairs));

    private static readonly Struct FileObject = new(
        ("name", Text), ("file", Text), ("environment", Text), ("content", Text), ("external", Flag), ("labels", Pairs), ("driver", Text),
        ("driver_opts", Pairs), ("template_driver", Text));

    private static readonly Struct Model = new(("name", Text), ("model", Text), ("context_size", Integer), ("runtime_flags", Texts));

    public static Struct Root { get; } = new(
        ("name", Text), ("services", MapOf(ServiceFields.Service.Bind)), ("networks", MapOf(Network.Bind)), ("volumes", MapOf(Volume.Bind)),
        ("secrets", MapOf(FileObject.Bind)), ("configs", MapOf(FileObject.Bind)), ("models", MapOf(Model.Bind)))
    {
        Always = [("services", n => n.MapHere())],
    };
}
