using System.Text.Json.Nodes;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Testing;

namespace Davit.Drivers.Docker.Tests.Compose;

/// <summary>Every service of the file twice on one engine: made by the Compose command line, and made by Davit. Nothing of it runs.</summary>
public sealed class ComposePair : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("davit-parity").FullName;
    private readonly DockerBed _bed = new();
    private readonly Dictionary<string, (JsonNode Theirs, JsonNode Ours)> _inspected = new(StringComparer.Ordinal);
    private ComposeCommand? _compose;
    private string _skip = "";

    public static string Source { get; } = Path.Combine(Repository.Root, "tests/Davit.Drivers.Docker.Tests/Compose");

    private string Project => $"dvp{Davit.Model.Id.Tail(_bed.Owner.Installation)}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Dictionary<string, string> Files() =>
        new(StringComparer.Ordinal) { ["compose.yaml"] = File.ReadAllText(Path.Combine(Source, "keys.compose.yaml")), ["values.env"] = File.ReadAllText(Path.Combine(Source, "values.env")) };

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, content) in Files())
            await File.WriteAllTextAsync(Path.Combine(_directory, name), content, Ct);
        try
        {
            _compose = new(await ComposeCommand.FindAsync(Ct), _bed.Endpoint, "1.41");
        }
        catch (EngineMissingException missing)
        {
            _skip = $"there is no Compose command line to compare with: {missing.Message}";
            return;
        }

        await _compose.RunAsync(_directory, ["-p", Project, "create"], Ct);
        var driver = _bed.Open();
        var composed = new ComposedApp(_bed, driver);
        var wish = await composed.WishAsync(ComposedApp.Load(Files()), Ct);
        await composed.PrepareAsync(wish, Ct);
        foreach (var service in wish.Services)
        {
            var spec = composed.Spec(wish, service.Name);
            await driver.CreateInstanceAsync(spec, Ct);
            _inspected[service.Name] = (
                await EngineHttp.InspectAsync(_bed.Endpoint, $"{Project}-{service.Name}-1", Ct),
                await EngineHttp.InspectAsync(_bed.Endpoint, spec.Name, Ct));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_compose is not null)
            await _compose.RunAsync(_directory, ["-p", Project, "down", "-v", "-t", "0"], CancellationToken.None);
        await _bed.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public (JsonNode Theirs, JsonNode Ours) Inspected(string service)
    {
        Assert.SkipWhen(_skip.Length > 0, _skip);
        return _inspected[service];
    }

    /// <summary>The key in the file of a network or volume, whoever named it.</summary>
    public string KeyOf(string name) => name.StartsWith($"{Project}_", StringComparison.Ordinal) ? name[(Project.Length + 1)..]
        : name.StartsWith($"{ComposedApp.Name}-test-", StringComparison.Ordinal) ? name[(ComposedApp.Name.Length + 6)..name.LastIndexOf('-')]
        : name;
}
