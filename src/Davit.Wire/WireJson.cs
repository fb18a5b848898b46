using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Davit.Wire;

/// <summary>Everything that crosses the wire, generated ahead so that the CLI starts fast.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(Page<OrgView>))]
[JsonSerializable(typeof(Page<ProjectView>))]
[JsonSerializable(typeof(Page<AppView>))]
[JsonSerializable(typeof(Page<EnvView>))]
[JsonSerializable(typeof(Page<ReleaseView>))]
[JsonSerializable(typeof(Page<DeploymentView>))]
[JsonSerializable(typeof(Page<InstanceView>))]
[JsonSerializable(typeof(Page<RouteView>))]
[JsonSerializable(typeof(Page<ReceiptView>))]
[JsonSerializable(typeof(Page<EventView>))]
[JsonSerializable(typeof(Page<LogLineView>))]
[JsonSerializable(typeof(Page<ServiceStatusView>))]
[JsonSerializable(typeof(Receipted<OrgView>))]
[JsonSerializable(typeof(Receipted<ProjectView>))]
[JsonSerializable(typeof(Receipted<AppView>))]
[JsonSerializable(typeof(Receipted<EnvView>))]
[JsonSerializable(typeof(Receipted<DeploymentView>))]
[JsonSerializable(typeof(Receipted<UploadView>))]
[JsonSerializable(typeof(Receipted<StatusView>))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(UpdateRequest))]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(ScaleRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(ExecRequest))]
[JsonSerializable(typeof(ExecGrant))]
[JsonSerializable(typeof(Receipted<ExecGrant>))]
[JsonSerializable(typeof(ExecControl))]
[JsonSerializable(typeof(ExecExit))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunLine))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(ThingView))]
[JsonSerializable(typeof(ServiceStatusView))]
[JsonSerializable(typeof(InstanceView))]
[JsonSerializable(typeof(RouteView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(EventsVerdict))]
[JsonSerializable(typeof(WhoView))]
[JsonSerializable(typeof(CapabilitiesView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ServerView))]
[JsonSerializable(typeof(EdgeView))]
[JsonSerializable(typeof(Receipted<EdgeUpgradeView>))]
[JsonSerializable(typeof(SigningKeyView))]
[JsonSerializable(typeof(GarbageView))]
[JsonSerializable(typeof(Receipted<GarbageView>))]
[JsonSerializable(typeof(PinRequest))]
[JsonSerializable(typeof(Receipted<ReleaseView>))]
[JsonSerializable(typeof(JsonObject))]
public sealed partial class WireJson : JsonSerializerContext;
