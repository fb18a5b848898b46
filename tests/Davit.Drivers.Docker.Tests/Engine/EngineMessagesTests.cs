using Davit.Drivers.Docker.Engine;

namespace Davit.Drivers.Docker.Tests.Engine;

/// <summary>Texts as real engines (20.10 and later) wrote them.</summary>
public sealed class EngineMessagesTests
{
    [Theory]
    [InlineData("failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"nope\": executable file not found in $PATH: unknown", Refusal.CommandNotFound)]
    [InlineData("OCI runtime create failed: container_linux.go:380: starting container process caused: exec: \"/no\": stat /no: no such file or directory: unknown", Refusal.CommandNotFound)]
    [InlineData("runc create failed: unable to start container process: exec: \"/etc/passwd\": permission denied: unknown", Refusal.PermissionDenied)]
    [InlineData("runc create failed: unable to start container process: exec: \"/etc\": is a directory: unknown", Refusal.PermissionDenied)]
    [InlineData("driver failed programming external connectivity on endpoint web (0a1b): Bind for 127.0.0.1:8080 failed: port is already allocated", Refusal.PortTaken)]
    [InlineData("driver failed programming external connectivity on endpoint web: Error starting userland proxy: listen tcp4 0.0.0.0:80: bind: address already in use", Refusal.PortTaken)]
    [InlineData("mkdir /var/lib/docker/overlay2/x: no space left on device", Refusal.DiskFull)]
    [InlineData("standard_init_linux.go:228: exec user process caused: exec format error", Refusal.Platform)]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", Refusal.Platform)]
    [InlineData("invalid mount config for type \"bind\": bind source path does not exist: /nope", Refusal.Mount)]
    [InlineData("error mounting \"/a\" to rootfs at \"/b\": not a directory: unknown", Refusal.Mount)]
    [InlineData("could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network", Refusal.AddressesUsedUp)]
    [InlineData("Pool overlaps with other one on this address space", Refusal.AddressesTaken)]
    [InlineData("cannot create network 3f (br-3f): conflicts with network 9a (br-9a): networks have overlapping IPv4", Refusal.AddressesTaken)]
    [InlineData("Address already in use", Refusal.Network)]
    [InlineData("network shop-production not found", Refusal.Network)]
    [InlineData("error while removing network: network x id 1 has active endpoints", Refusal.InUse)]
    [InlineData("pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", Refusal.ImageAuth)]
    [InlineData("Head \"https://r.example/v2/a/manifests/1\": unauthorized: authentication required", Refusal.ImageAuth)]
    [InlineData("Get \"http://localhost:5000/v2/a/manifests/1\": no basic auth credentials", Refusal.ImageAuth)]
    [InlineData("manifest for busybox:nope not found: manifest unknown: manifest unknown", Refusal.ImageMissing)]
    [InlineData("No such image: nope:latest", Refusal.ImageMissing)]
    [InlineData("Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io on 127.0.0.11:53: no such host", Refusal.RegistryUnreachable)]
    [InlineData("Get \"http://localhost:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused", Refusal.RegistryUnreachable)]
    [InlineData("Get \"https://r.example/v2/\": x509: certificate signed by unknown authority", Refusal.RegistryUnreachable)]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", Refusal.RegistryUnreachable)]
    [InlineData("net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", Refusal.RegistryUnreachable)]
    [InlineData("configured logging driver does not support reading", Refusal.LogsUnreadable)]
    [InlineData("Invalid subnet boat : invalid CIDR address: boat", Refusal.Network)]
    [InlineData("unable to find user nobody-knows: no matching entries in passwd file", Refusal.Setting)]
    [InlineData("Unable to find group nope: no matching entries in group file", Refusal.Setting)]
    [InlineData("Cannot mkdir: /etc/passwd is not a directory", Refusal.Setting)]
    [InlineData("error gathering device information while adding custom device \"/dev/davit\": no such file or directory", Refusal.Setting)]
    [InlineData("could not select device driver \"\" with capabilities: [[gpu]]", Refusal.Setting)]
    [InlineData("--storage-opt is supported only for overlay over xfs with 'pquota' mount option", Refusal.Setting)]
    [InlineData("failed to create shim task: OCI runtime create failed: runc create failed: sysctl \"vm.swappiness\" is not in a separate kernel namespace: unknown", Refusal.Setting)]
    [InlineData("something nobody has seen before", Refusal.Unknown)]
    internal void A_text_of_an_engine_has_one_meaning(string text, Refusal expected) => EngineMessages.Read(text).ShouldBe(expected);
}
