namespace Davit.Drivers.Docker.Tests.Compose;

/// <summary>What Compose users know holds: for every key the engine is told the same. Where it is not, the reason is written here.</summary>
public sealed class ComposeParityTests(ComposePair pair) : IClassFixture<ComposePair>
{
    /// <summary>Service and fact, with the reason why they differ.</summary>
    private static readonly Dictionary<(string Service, string Fact), string> Differences = new()
    {
        [("deploy-devices", "HostConfig.DeviceRequests")] = "Compose forgets the options of a device",
        [("expose", "Config.ExposedPorts")] = "Davit writes the protocol out",
        [("expose-range", "Config.ExposedPorts")] = "Davit takes ranges apart, so that every port can be asked for",
        [("ports-udp", "Ports")] = "0 and nothing both let the engine choose",
    };

    public static TheoryData<string> Services() => [.. ComposedApp.Load(ComposePair.Files()).Services.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public void The_engine_is_told_what_Compose_tells_it(string service)
    {
        var (theirs, ours) = pair.Inspected(service);
        var (wanted, found) = (InspectionFacts.Of(theirs, pair.KeyOf), InspectionFacts.Of(ours, pair.KeyOf));

        var differences = wanted.Keys.Union(found.Keys, StringComparer.Ordinal)
            .Where(k => wanted.GetValueOrDefault(k) != found.GetValueOrDefault(k))
            .ToDictionary(k => k, k => $"Compose {wanted.GetValueOrDefault(k, "nothing")}, Davit {found.GetValueOrDefault(k, "nothing")}", StringComparer.Ordinal);
        foreach (var address in differences.Where(d => d.Key.EndsWith(".IPAMConfig", StringComparison.Ordinal) && !wanted.ContainsKey(d.Key)).Select(d => d.Key).ToList())
        {
            // Where the author asks for no address, Davit chooses one that the instance keeps over restarts of the engine.
            found[address].ShouldMatch("""^\{"IPv4Address":"[0-9.]+"\}$""");
            differences.Remove(address);
        }

        var explained = Differences.Keys.Where(d => d.Service == service).Select(d => d.Fact).ToList();

        differences.Where(d => !explained.Contains(d.Key, StringComparer.Ordinal)).Select(d => $"{d.Key}: {d.Value}").ShouldBeEmpty();
        explained.Except(differences.Keys, StringComparer.Ordinal).ShouldBeEmpty("these do not differ any more");
    }

    [Theory]
    [InlineData("restart-no")]
    [InlineData("restart-always")]
    [InlineData("restart-on-failure")]
    [InlineData("restart-unless-stopped")]
    [InlineData("restart-deploy-none")]
    [InlineData("restart-deploy-on-failure")]
    public void Restarts_that_are_asked_for_are_those_of_Compose(string service)
    {
        var (theirs, ours) = pair.Inspected(service);

        InspectionFacts.RestartPolicy(ours).ShouldBe(InspectionFacts.RestartPolicy(theirs));
    }
}
