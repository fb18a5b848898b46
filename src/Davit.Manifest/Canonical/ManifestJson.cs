using System.Text.Json.Serialization;

namespace Davit.Manifest.Canonical;

/// <summary>The manifest's own JSON: names in camel case, no nulls, enums by name, durations as <c>hh:mm:ss</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    MaxDepth = 256)]
[JsonSerializable(typeof(AppManifest))]
[JsonSerializable(typeof(ServiceSpec))]
[JsonSerializable(typeof(HealthProbe.Http), TypeInfoPropertyName = "HealthProbeHttp")]
[JsonSerializable(typeof(HealthProbe.Tcp), TypeInfoPropertyName = "HealthProbeTcp")]
[JsonSerializable(typeof(HealthProbe.Grpc), TypeInfoPropertyName = "HealthProbeGrpc")]
[JsonSerializable(typeof(HealthProbe.Command), TypeInfoPropertyName = "HealthProbeCommand")]
[JsonSerializable(typeof(HealthProbe.Always), TypeInfoPropertyName = "HealthProbeAlways")]
[JsonSerializable(typeof(CheckProbe.Http), TypeInfoPropertyName = "CheckProbeHttp")]
[JsonSerializable(typeof(CheckProbe.Command), TypeInfoPropertyName = "CheckProbeCommand")]
[JsonSerializable(typeof(MountSource.Named), TypeInfoPropertyName = "MountSourceNamed")]
[JsonSerializable(typeof(MountSource.Content), TypeInfoPropertyName = "MountSourceContent")]
[JsonSerializable(typeof(MountSource.Host), TypeInfoPropertyName = "MountSourceHost")]
[JsonSerializable(typeof(MountSource.Memory), TypeInfoPropertyName = "MountSourceMemory")]
[JsonSerializable(typeof(MountSource.Image), TypeInfoPropertyName = "MountSourceImage")]
[JsonSerializable(typeof(FileSource.File), TypeInfoPropertyName = "FileSourceFile")]
[JsonSerializable(typeof(FileSource.Content), TypeInfoPropertyName = "FileSourceContent")]
[JsonSerializable(typeof(FileSource.EnvironmentVariable), TypeInfoPropertyName = "FileSourceEnvironmentVariable")]
[JsonSerializable(typeof(FileSource.External), TypeInfoPropertyName = "FileSourceExternal")]
internal sealed partial class ManifestJson : JsonSerializerContext;
