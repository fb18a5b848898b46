using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Davit.Drivers.Docker.Tests.Compose;

/// <summary>An inspection as a list of facts, without who made the container and in what words it was asked for.</summary>
internal static partial class InspectionFacts
{
    private static readonly string[] ConfigKeys =
    [
        "Domainname", "User", "Tty", "OpenStdin", "Env", "Cmd", "Entrypoint", "WorkingDir", "ExposedPorts", "StopSignal", "Healthcheck", "MacAddress",
    ];

    /// <summary>Told in their own way below, or Davit's own: logs, and the restart of services whose author says nothing.</summary>
    private static readonly string[] OtherwiseTold =
        ["Binds", "Mounts", "Tmpfs", "NetworkMode", "LogConfig", "RestartPolicy", "PortBindings", "ExtraHosts", "Links", "ConsoleSize", "ContainerIDFile", "Isolation"];

    /// <param name="inspected">The engine's answer.</param>
    /// <param name="rename">Makes the names of networks and volumes those of the file.</param>
    public static SortedDictionary<string, string> Of(JsonNode inspected, Func<string, string> rename)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["Path"] = Text(inspected["Path"]), ["Args"] = Text(inspected["Args"]) };
        var (config, host) = (inspected["Config"]!.AsObject(), inspected["HostConfig"]!.AsObject());
        foreach (var key in ConfigKeys)
            Add(facts, $"Config.{key}", config[key]);
        // Compose writes them in any order.
        host["Ulimits"] = new JsonArray([.. (host["Ulimits"] as JsonArray ?? []).OrderBy(u => Text(u), StringComparer.Ordinal).Select(u => u?.DeepClone())]);
        foreach (var (key, value) in host.Where(h => !OtherwiseTold.Contains(h.Key, StringComparer.Ordinal)))
            Add(facts, $"HostConfig.{key}", value);

        var id = Text(inspected["Id"]).Trim('"');
        facts["Config.Hostname"] = Text(config["Hostname"]) is var name && id.StartsWith(name.Trim('"'), StringComparison.Ordinal) ? "the id" : name;
        facts["Config.StopTimeout"] = config["StopTimeout"] is { } seconds ? Text(seconds) : "10";
        facts["Config.Labels"] = string.Join(' ', config["Labels"]!.AsObject().Where(l => !Ours().IsMatch(l.Key)).Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal));
        facts["Config.Env"] = string.Join('\n', config["Env"]!.AsArray().Select(e => e!.ToString()).Order(StringComparer.Ordinal));
        facts["ExtraHosts"] = string.Join(' ', Items(host["ExtraHosts"]).Select(h => Colon(h)).Order(StringComparer.Ordinal));
        facts["NetworkMode"] = rename(host["NetworkMode"]!.ToString());
        facts["Mounts"] = string.Join('\n', Mounts(inspected, rename).Order(StringComparer.Ordinal));
        facts["Ports"] = string.Join('\n', (host["PortBindings"] as JsonObject ?? []).Select(p => $"{p.Key} {Text(p.Value)}").Order(StringComparer.Ordinal));
        foreach (var (network, endpoint) in inspected["NetworkSettings"]!["Networks"]!.AsObject())
        {
            Add(facts, $"Networks.{rename(network)}.IPAMConfig", endpoint!["IPAMConfig"]);
            facts[$"Networks.{rename(network)}.Aliases"] = string.Join(' ', Items(endpoint["Aliases"]).Where(a => !IsMade(a, id, inspected)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }

        return facts;
    }

    public static string RestartPolicy(JsonNode inspected) => Text(inspected["HostConfig"]!["RestartPolicy"]);

    private static bool IsMade(string alias, string id, JsonNode inspected) =>
        id.StartsWith(alias, StringComparison.Ordinal) || alias == inspected["Name"]!.ToString().TrimStart('/');

    private static IEnumerable<string> Mounts(JsonNode inspected, Func<string, string> rename)
    {
        foreach (var mount in inspected["Mounts"]!.AsArray().OfType<JsonObject>().Where(m => m["Type"]!.ToString() is not "tmpfs"))
        {
            var name = mount["Name"]?.ToString() is { } volume ? Anonymous().IsMatch(volume) ? "anonymous" : rename(volume) : mount["Source"]!.ToString();
            yield return $"{mount["Type"]} {name} {mount["Destination"]} {(mount["RW"]!.GetValue<bool>() ? "rw" : "ro")} {mount["Propagation"]}";
        }

        foreach (var (target, options) in inspected["HostConfig"]!["Tmpfs"] as JsonObject ?? [])
            yield return $"tmpfs {target} {string.Join(',', options!.ToString().Split(',').Order(StringComparer.Ordinal))}";
        foreach (var mount in Items<JsonObject>(inspected["HostConfig"]!["Mounts"]))
        {
            if (mount["Type"]!.ToString() is "tmpfs")
                yield return $"tmpfs {mount["Target"]} {Text(mount["TmpfsOptions"]).Replace("null", "", StringComparison.Ordinal)}";
            else if (mount["VolumeOptions"]?["NoCopy"] is { } nocopy)
                yield return $"{mount["Target"]} nocopy {nocopy}";
        }
    }

    /// <summary>What is nothing in some form is left out.</summary>
    private static void Add(SortedDictionary<string, string> facts, string key, JsonNode? value)
    {
        if (Text(value) is not ("null" or "[]" or "{}" or "0" or "\"\"" or "false") and var text)
            facts[key] = text;
    }

    /// <summary>Compose writes an equals sign between name and address where the API takes both.</summary>
    private static string Colon(string host) => host.IndexOfAny([':', '=']) is > 0 and var cut ? $"{host[..cut]}:{host[(cut + 1)..]}" : host;

    private static IEnumerable<string> Items(JsonNode? list) => (list as JsonArray ?? []).Select(i => i!.ToString());

    private static IEnumerable<T> Items<T>(JsonNode? list) => (list as JsonArray ?? []).OfType<T>();

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    [GeneratedRegex(@"^(davit\.|com\.docker\.)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ours();

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Anonymous();
}
