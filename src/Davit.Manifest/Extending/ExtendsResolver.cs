using Davit.Manifest.Loading;
using Davit.Manifest.Merging;
using Davit.Manifest.Normalizing;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Extending;

/// <summary>Lays each service over the one it extends, in its own file or in another one.</summary>
internal sealed class ExtendsResolver(LoadSession session, ModelLoader loader, FileJob job)
{
    private const int MaxDepth = 100;

    /// <summary>The services of one file and the reset marks that count for them.</summary>
    private sealed record Level(string File, MapNode Services, IReadOnlyList<ResetPaths> Resets);

    public void Apply(SourceFile file, MapNode tree, ResetPaths resets)
    {
        if (tree["services"] is not { } node)
            return;
        if (node is not MapNode services)
        {
            session.Faults.Error(ManifestProblems.WrongType, "services must be a mapping", node.At, "services");
            return;
        }

        var level = new Level(file.Path, services, [resets]);
        foreach (var name in services.Keys.ToArray())
        {
            if (Resolve(name, level, []) is { } resolved)
                services[name] = resolved;
        }
    }

    private MapNode? Resolve(string name, Level level, List<(string File, string Service)> chain)
    {
        var node = level.Services[name];
        if (node is null || node.IsNull)
            return null;
        if (node is not MapNode service)
        {
            session.Faults.Error(ManifestProblems.WrongType, $"services.{name} must be a mapping", node.At, $"services.{name}");
            return null;
        }

        if (service["extends"] is not { } extends)
            return service;
        if (Reference(extends, name) is not var (target, file) || BaseLevel(level, name, target, file, extends) is not { } below)
            return null;
        if (IsCycle(chain, (below.File, name), extends) is false && Resolve(target, below, [.. chain, (below.File, name)]) is { } parent)
            return Extended(name, service, parent, level, below);

        return below.Services[target] is { IsNull: true } ? service : null;
    }

    private MapNode Extended(string name, MapNode service, MapNode parent, Level level, Level below)
    {
        var source = (MapNode)parent.Clone();
        var wrapped = new MapNode();
        var services = new MapNode();
        services[name] = source;
        wrapped["services"] = services;
        foreach (var resets in below.Resets)
            resets.ApplyTo(wrapped);

        var merged = new Merger(session.Faults).Extend(source, service, name);
        merged.Remove("extends");
        level.Services[name] = merged;
        return merged;
    }

    private (string Target, ScalarNode? File)? Reference(Node extends, string name)
    {
        if (extends.AsText is { } text)
            return (text, null);
        if (extends is MapNode map && map["service"]?.AsText is { } service)
            return (service, map["file"] as ScalarNode is { IsNull: false } file ? file : null);
        session.Faults.Error(ManifestProblems.MissingKey, $"services.{name}.extends must name a service", extends.At, $"services.{name}.extends");
        return null;
    }

    private Level? BaseLevel(Level level, string name, string target, ScalarNode? file, Node extends)
    {
        if (file is null)
            return Holds(level.Services, target, level.File, extends) ? level : null;
        if (Remote.Is(file.Text))
        {
            session.Faults.Error(ManifestProblems.IncludeRemote, $"'{file.Text}' is not a file of the app directory", file.At, $"services.{name}.extends.file");
            return null;
        }

        var path = GoPath.Below(job.Directory, file.Text);
        if (session.Read(path, file.At, ManifestProblems.FileMissing) is null)
            return null;
        var model = new MapNode();
        var source = session.File(path, OriginKind.Extends, $"extended by services.{name}");
        if (loader.LoadFile(source, job with { IsBase = true }, model) is not { } resets)
            return null;
        if (model["services"] is not MapNode services)
        {
            session.Faults.Error(ManifestProblems.ExtendsUnknown, $"{source.Shown} has no services", file.At, $"services.{name}.extends");
            return null;
        }

        PathResolver.Resolve(model, new PathBase(GoPath.Directory(path), session.Home), session.Faults);
        return Holds(services, target, path, extends) ? new Level(path, services, [.. level.Resets, resets]) : null;
    }

    private bool Holds(MapNode services, string target, string file, Node extends)
    {
        if (services.Has(target))
            return true;
        session.Faults.Error(
            ManifestProblems.ExtendsUnknown, $"there is no service '{target}' in {GoPath.Relative(session.Request.Source.Root, file)}", extends.At, "",
            Suggestions.Suggest.For(target, services.Keys));
        return false;
    }

    private bool IsCycle(List<(string File, string Service)> chain, (string File, string Service) next, Node extends)
    {
        if (!chain.Contains(next) && chain.Count < MaxDepth)
            return false;
        var path = string.Join(" extends ", chain.Append(next).Select(c => $"{c.Service} ({GoPath.Name(c.File)})"));
        session.Faults.Error(ManifestProblems.ExtendsCycle, $"services extend each other: {path}", extends.At);
        return true;
    }
}
