using System.Text.Json.Serialization;

namespace Davit.Drivers.Docker.Engine.Messages;

/// <summary>Serialisation of every message, generated at build time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(VersionReply))]
[JsonSerializable(typeof(EngineFacts))]
[JsonSerializable(typeof(ContainerCreate))]
[JsonSerializable(typeof(Created))]
[JsonSerializable(typeof(ContainerListed[]))]
[JsonSerializable(typeof(ContainerInspect))]
[JsonSerializable(typeof(WaitReply))]
[JsonSerializable(typeof(ExecCreate))]
[JsonSerializable(typeof(ExecStart))]
[JsonSerializable(typeof(ExecInspect))]
[JsonSerializable(typeof(StatsReply))]
[JsonSerializable(typeof(NetworkConnect))]
[JsonSerializable(typeof(NetworkCreate))]
[JsonSerializable(typeof(NetworkReply[]))]
[JsonSerializable(typeof(VolumeCreate))]
[JsonSerializable(typeof(VolumeReply))]
[JsonSerializable(typeof(VolumesReply))]
[JsonSerializable(typeof(ImageReply))]
[JsonSerializable(typeof(ImageListed[]))]
[JsonSerializable(typeof(RegistryAuth))]
[JsonSerializable(typeof(ProgressLine))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(DiskReply))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string[]>), TypeInfoPropertyName = "Filters")]
[JsonSerializable(typeof(SortedDictionary<string, string>), TypeInfoPropertyName = "TextMap")]
internal sealed partial class EngineJson : JsonSerializerContext;
