namespace Davit.Manifest.Tests;

public sealed class DirectorySourceTreeTests : IDisposable
{
    private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory("davit-manifest");

    public void Dispose() => _outer.Delete(recursive: true);

    [Fact]
    public void An_app_on_disk_loads_like_one_in_memory()
    {
        var app = _outer.CreateSubdirectory("shop").FullName;
        File.WriteAllText(Path.Combine(app, "compose.yaml"), "services: {web: {image: nginx, env_file: a.env}}\n");
        File.WriteAllText(Path.Combine(app, "a.env"), "A=1\n");
        var manifest = ManifestLoader.Load(new LoadRequest { Source = new DirectorySourceTree(app) }).Accepted();
        (manifest.Name, manifest.Services["web"].Environment["A"]).ShouldBe(("shop", "1"));
    }

    [Fact]
    public void A_link_out_of_the_app_is_refused()
    {
        var app = _outer.CreateSubdirectory("shop").FullName;
        File.WriteAllText(Path.Combine(_outer.FullName, "secret.env"), "A=1\n");
        File.CreateSymbolicLink(Path.Combine(app, "a.env"), Path.Combine(_outer.FullName, "secret.env"));
        File.WriteAllText(Path.Combine(app, "compose.yaml"), "services: {web: {image: nginx, env_file: a.env}}\n");
        ManifestLoader.Load(new LoadRequest { Source = new DirectorySourceTree(app) }).Refused().ShouldHaveSingleItem().ShouldContain("path-outside-app");
    }

    [Fact]
    public void A_path_out_of_the_app_is_refused()
    {
        var app = _outer.CreateSubdirectory("shop").FullName;
        File.WriteAllText(Path.Combine(_outer.FullName, "secret.env"), "A=1\n");
        File.WriteAllText(Path.Combine(app, "compose.yaml"), "services: {web: {image: nginx, env_file: ../secret.env}}\n");
        ManifestLoader.Load(new LoadRequest { Source = new DirectorySourceTree(app) }).Refused().ShouldHaveSingleItem().ShouldContain("path-outside-app");
    }
}
