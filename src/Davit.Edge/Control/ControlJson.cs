using System.Text.Json;
using System.Text.Json.Serialization;
using Davit.Model;

namespace Davit.Edge.Control;

/// <summary>
/// The JSON of the control socket: unknown members are refused, and so are missing ones that have no default. Members with
/// a default have a setter, because generated serialisers forget the defaults of members that can only be initialised.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SwitchRequest))]
[JsonSerializable(typeof(SwitchOutcome))]
[JsonSerializable(typeof(DrainState))]
[JsonSerializable(typeof(EdgeStatus))]
[JsonSerializable(typeof(EnvironmentCounters))]
[JsonSerializable(typeof(EnvironmentSplits))]
[JsonSerializable(typeof(CertificateUpload))]
[JsonSerializable(typeof(CertificateStatus))]
[JsonSerializable(typeof(CertificateStatus[]))]
[JsonSerializable(typeof(RouteTest))]
[JsonSerializable(typeof(EdgeEnvironment[]))]
[JsonSerializable(typeof(EdgeTraffic))]
[JsonSerializable(typeof(UpgradeRequest))]
[JsonSerializable(typeof(UpgradeOutcome))]
[JsonSerializable(typeof(PredecessorReport))]
[JsonSerializable(typeof(TableMark))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ControlJson : JsonSerializerContext;
