using System.Collections.Immutable;

namespace Davit.Drivers.Docker.Engine;

/// <summary>Why the engine refused, as far as its answer says.</summary>
internal enum Refusal
{
    Unknown,
    DiskFull,
    PortTaken,
    CommandNotFound,
    PermissionDenied,
    Platform,
    Mount,
    Network,

    /// <summary>The engine has no addresses left to give to a network.</summary>
    AddressesUsedUp,

    /// <summary>Another network has addresses of the block that was asked for.</summary>
    AddressesTaken,
    ImageMissing,
    ImageAuth,
    RegistryUnreachable,
    LogsUnreadable,
    InUse,

    /// <summary>A setting of the author's that this engine or machine does not take.</summary>
    Setting,
}

/// <summary>
/// Where the API has only a status and a text, this table says what the text means. It is the one place that reads
/// engine texts; the tests hold a real text of each engine for every line. The first line that fits counts.
/// </summary>
internal static class EngineMessages
{
    private static readonly ImmutableArray<(string[] All, Refusal Meaning)> Table =
    [
        (["no space left on device"], Refusal.DiskFull),
        (["disk quota exceeded"], Refusal.DiskFull),
        (["port is already allocated"], Refusal.PortTaken),
        (["bind: address already in use"], Refusal.PortTaken),
        (["address already in use"], Refusal.Network),
        (["ports are not available"], Refusal.PortTaken),
        (["executable file not found"], Refusal.CommandNotFound),
        (["exec:", "no such file or directory"], Refusal.CommandNotFound),
        (["exec:", "permission denied"], Refusal.PermissionDenied),
        (["exec:", "is a directory"], Refusal.PermissionDenied),
        (["exec format error"], Refusal.Platform),
        (["no matching manifest"], Refusal.Platform),
        (["does not match the specified platform"], Refusal.Platform),
        (["does not provide the specified platform"], Refusal.Platform),
        (["unknown operating system or architecture"], Refusal.Platform),
        (["bind source path does not exist"], Refusal.Mount),
        (["error mounting"], Refusal.Mount),
        (["rootfs_linux.go", "mount"], Refusal.Mount),
        (["invalid mount"], Refusal.Mount),
        (["error while mounting volume"], Refusal.Mount),
        (["failed to mount local volume"], Refusal.Mount),
        (["chdir to cwd", "permission denied"], Refusal.PermissionDenied),
        (["non-overlapping"], Refusal.AddressesUsedUp),
        (["pool overlaps"], Refusal.AddressesTaken),
        (["networks have overlapping"], Refusal.AddressesTaken),
        (["invalid subnet"], Refusal.Network),
        (["network", "not found"], Refusal.Network),
        (["endpoint with name"], Refusal.Network),
        (["has active endpoints"], Refusal.InUse),
        (["volume is in use"], Refusal.InUse),
        (["conflict: unable to"], Refusal.InUse),
        (["configured logging driver does not support reading"], Refusal.LogsUnreadable),
        (["pull access denied"], Refusal.ImageAuth),
        (["unauthorized"], Refusal.ImageAuth),
        (["no basic auth credentials"], Refusal.ImageAuth),
        (["authentication required"], Refusal.ImageAuth),
        (["denied:"], Refusal.ImageAuth),
        (["manifest", "unknown"], Refusal.ImageMissing),
        (["manifest", "not found"], Refusal.ImageMissing),
        (["name unknown"], Refusal.ImageMissing),
        (["no such image"], Refusal.ImageMissing),
        (["repository", "not found"], Refusal.ImageMissing),
        (["failed to resolve reference", "not found"], Refusal.ImageMissing),
        (["no such host"], Refusal.RegistryUnreachable),
        (["temporary failure in name resolution"], Refusal.RegistryUnreachable),
        (["server misbehaving"], Refusal.RegistryUnreachable),
        (["connection refused"], Refusal.RegistryUnreachable),
        (["network is unreachable"], Refusal.RegistryUnreachable),
        (["no route to host"], Refusal.RegistryUnreachable),
        (["i/o timeout"], Refusal.RegistryUnreachable),
        (["tls handshake timeout"], Refusal.RegistryUnreachable),
        (["context deadline exceeded"], Refusal.RegistryUnreachable),
        (["request canceled while waiting"], Refusal.RegistryUnreachable),
        (["x509:"], Refusal.RegistryUnreachable),
        (["toomanyrequests"], Refusal.RegistryUnreachable),
        (["too many requests"], Refusal.RegistryUnreachable),
        (["server gave http response to https client"], Refusal.RegistryUnreachable),
        (["unexpected eof"], Refusal.RegistryUnreachable),
        (["failed to copy"], Refusal.RegistryUnreachable),
        (["unable to find user"], Refusal.Setting),
        (["unable to find group"], Refusal.Setting),
        (["cannot mkdir", "is not a directory"], Refusal.Setting),
        (["error gathering device information"], Refusal.Setting),
        (["could not select device driver"], Refusal.Setting),
        (["storage-opt is supported only"], Refusal.Setting),
        (["oci runtime create failed"], Refusal.Setting),
    ];

    public static Refusal Read(string answer) => Table
        .Where(line => line.All.All(part => answer.Contains(part, StringComparison.OrdinalIgnoreCase)))
        .Select(line => line.Meaning)
        .FirstOrDefault();
}
