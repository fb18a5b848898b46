using System.Xml.Linq;
using Davit.Testing;

namespace Davit.Architecture.Tests;

/// <summary>The dependency picture in docs/map.md, as a table the build can read.</summary>
public sealed class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Davit.Analyzers"] = [],
        ["Davit.Model"] = [],
        ["Davit.Contracts"] = [],
        ["Davit.Manifest"] = ["Davit.Model"],
        ["Davit.Planning"] = ["Davit.Model", "Davit.Manifest"],
        ["Davit.Drivers"] = ["Davit.Planning"],
        ["Davit.Drivers.Docker"] = ["Davit.Drivers"],
        ["Davit.Edge"] = ["Davit.Model"],
        ["Davit.Store"] = ["Davit.Planning"],
        ["Davit.Wire"] = ["Davit.Model"],
        ["Davit.Client"] = ["Davit.Wire"],
        ["Davit.Console"] = ["Davit.Client"],
        ["Davit.ControlPlane"] = ["Davit.Console", "Davit.Drivers", "Davit.Drivers.Docker", "Davit.Edge", "Davit.Store", "Davit.Wire"],
        ["Davit.Cli"] = ["Davit.Client", "Davit.Contracts", "Davit.Manifest"],
    };

    [Fact]
    public void Every_project_references_only_what_the_map_allows()
    {
        var actual = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p), References, StringComparer.Ordinal);

        actual.Keys.Order(StringComparer.Ordinal).ShouldBe(MayReference.Keys.Order(StringComparer.Ordinal));
        foreach (var (project, references) in actual)
            references.Except(MayReference[project], StringComparer.Ordinal).ShouldBeEmpty($"{project} reaches upwards or sideways");
    }

    private static IEnumerable<string> References(string csproj) => XDocument.Load(csproj)
        .Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));
}
