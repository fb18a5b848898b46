using Davit.Manifest.Discovery;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App;

/// <summary>Writes the services that nobody wrote: from a <c>Dockerfile</c> or an <c>index.html</c> alone.</summary>
internal sealed class BareServices(LoadSession session, string directory)
{
    private const int UsualPort = 8080;

    public void AddTo(MapNode davit, BareApp bare, string name)
    {
        switch (bare)
        {
            case BareApp.Dockerfile:
                FromDockerfile(davit, name);
                break;
            case BareApp.IndexPage:
                var page = At("index.html");
                var service = page.MapHere();
                service["kind"] = page.TextHere("static");
                service["directory"] = page.TextHere(directory);
                Add(davit, name, service);
                break;
            case BareApp.None:
                break;
        }
    }

    private static void Add(MapNode davit, string name, MapNode service)
    {
        var services = service.MapHere();
        services[name] = service;
        davit["services"] = services;
    }

    private void FromDockerfile(MapNode davit, string name)
    {
        var file = At("Dockerfile");
        foreach (var (key, value) in davit.Child("services").Snapshot())
        {
            var service = value as MapNode ?? value.MapHere();
            if (service.Has("image") || service.Has("build") || AppLayer.IsStatic(davit, key))
                continue;
            service["build"] = service.TextHere(directory);
            davit.Child("services")[key] = service;
        }

        if (davit.Child("services").Count > 0)
            return;
        var made = file.MapHere();
        made["build"] = file.TextHere(directory);
        made["kind"] = file.TextHere("web");
        made["port"] = new ScalarNode(ScalarKind.Integer, $"{Port(file)}") { File = file.File, Line = 1, Column = 1 };
        Add(davit, name, made);
    }

    private int Port(MapNode file)
    {
        if (session.Read(file.File!.Path, null, ManifestProblems.FileMissing) is { } bytes && DockerfileFacts.Port(bytes) is { } port)
            return port;
        session.Faults.Note(ManifestProblems.PortConverted, $"the Dockerfile exposes no port, so {UsualPort} is assumed; write EXPOSE or a davit.yaml", file.At);
        return UsualPort;
    }

    private MapNode At(string name) => new() { File = session.File(GoPath.Join(directory, name), OriginKind.File, "found"), Line = 1, Column = 1 };
}
