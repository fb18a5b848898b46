using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <param name="Origin">Where it was found: a flag, a variable, a file or the default.</param>
internal sealed record Setting(string Value, string Origin);

/// <summary>
/// Each value on its own: flag, then DAVIT_* variable, then davit.yaml in the directory or a parent, then the saved context,
/// then (for the app) what the directory holds, then the default. A value that does not exist is an error later; nothing falls through to another one.
/// </summary>
internal sealed record Settings
{
    public required Setting Server { get; init; }

    public required Setting Org { get; init; }

    public required Setting Project { get; init; }

    public required Setting App { get; init; }

    public required Setting Env { get; init; }

    public static string ConfigDirectory => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "davit");

    public static string ContextFile => Path.Combine(ConfigDirectory, "context.json");

    public static string CredentialsFile => Path.Combine(ConfigDirectory, "credentials.json");

    public static Settings Resolve(ParseResult parsed)
    {
        var saved = Read(ContextFile);
        return new Settings
        {
            Server = Pick(GlobalOptions.Server, "server", "unix:///var/lib/davit/davitd.sock"),
            Org = Pick(GlobalOptions.Org, "org", "default"),
            Project = Pick(GlobalOptions.Project, "project", "default"),
            App = Pick(GlobalOptions.App, "app", ""),
            Env = Pick(GlobalOptions.Env, "env", ""),
        };

        Setting Pick(Option<string?> flag, string name, string otherwise)
        {
            if (parsed.GetValue(flag) is { Length: > 0 } given)
                return new(given, $"flag --{name}");
            if (Environment.GetEnvironmentVariable($"DAVIT_{name.ToUpperInvariant()}") is { Length: > 0 } variable)
                return new(variable, $"variable DAVIT_{name.ToUpperInvariant()}");
            if (name is "app" && AppDirectory.FindName(Environment.CurrentDirectory) is { } found)
                return found;
            if (saved?[name]?.GetValue<string>() is { Length: > 0 } kept)
                return new(kept, ContextFile);
            return (name is "app" ? AppDirectory.FindBare(Environment.CurrentDirectory) : null) ?? new(otherwise, "default");
        }
    }

    /// <summary>As if the command ran in the directory that it names; flags, variables and the saved context still win as they do there.</summary>
    public Settings In(string directory)
    {
        var full = Path.GetFullPath(directory);
        if (full == Environment.CurrentDirectory || App.Origin.StartsWith("flag", StringComparison.Ordinal) || App.Origin.StartsWith("variable", StringComparison.Ordinal))
            return this;
        var kept = Read(ContextFile)?["app"]?.GetValue<string>() is { Length: > 0 } saved ? new Setting(saved, ContextFile) : null;
        return this with { App = AppDirectory.FindName(full) ?? kept ?? AppDirectory.FindBare(full) ?? new("", "default") };
    }

    /// <exception cref="ProblemException">DV4503 when others can read the file.</exception>
    public string Token() =>
        Environment.GetEnvironmentVariable("DAVIT_TOKEN") is { Length: > 0 } token ? token : TokenIn(Kept(Server.Value));

    /// <summary>What is kept for a server: a token, or a session.</summary>
    public static JsonNode? Kept(string server) => Read(CredentialsFile)?[server];

    public static string TokenIn(JsonNode? kept) => kept switch
    {
        JsonValue token => token.GetValue<string>(),
        JsonObject session => (string?)session["access"] ?? "",
        _ => "",
    };

    /// <summary>The token comes from a session whose access token has run out.</summary>
    public bool NeedsRenewal => Environment.GetEnvironmentVariable("DAVIT_TOKEN") is not { Length: > 0 } && People.Credentials.IsOld(Kept(Server.Value));

    public static void Save(string file, Action<JsonObject> change)
    {
        var content = Read(file) ?? [];
        change(content);
        Directory.CreateDirectory(ConfigDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var beside = $"{file}.{Environment.ProcessId}";
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            content.WriteTo(writer);
        File.Move(beside, file, overwrite: true);
    }

    private static JsonObject? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        if ((File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) is not UnixFileMode.None)
            throw new ProblemException(CliProblems.OpenFile(file));
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
        }
        catch (JsonException)
        {
            throw new ProblemException(CliProblems.Bad($"'{file}'", "holds no JSON", $"Delete it and sign in again: rm {file}"));
        }
    }
}
