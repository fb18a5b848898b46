using Davit.Manifest.EnvFiles;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Loading;
using Davit.Manifest.Validation;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest;

/// <summary>The merged, normalised and checked Compose tree, ready to be rendered or read into records.</summary>
public sealed class ComposeDocument
{
    private readonly LoadSession _session;
    private readonly MapNode _model;
    private readonly ActiveServices _services;
    private readonly VariableScope _scope;

    internal ComposeDocument(LoadSession session, MapNode model, ActiveServices services, VariableScope scope)
    {
        _session = session;
        _model = model;
        _services = services;
        _scope = scope;
    }

    /// <summary>The names of all services, those of inactive profiles too.</summary>
    public IEnumerable<string> AllServices => _services.All.Select(s => s.Key).Order(StringComparer.Ordinal);

    internal MapNode Model => _model;

    internal ActiveServices Services => _services;

    /// <summary>
    /// The model of some services (of all active ones when none is named) with their env and label files read, or
    /// <see langword="null"/> after a fault.
    /// </summary>
    internal MapNode? Resolve(IReadOnlyCollection<string> names)
    {
        var model = (MapNode)_model.Clone();
        var faults = _session.Faults;
        var services = new ServiceSelection(model, faults).Choose(new ActiveServices(model, _services.Profiles), names);
        var files = new ServiceFiles(_session, _scope);
        var chosen = _model.Child("services").MapHere();
        foreach (var (name, service) in services.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            files.ApplyVariables(service, $"services.{name}");
            files.ApplyLabels(service);
            chosen[name] = service;
        }

        chosen.TakeKeyPlaces(_model.Child("services"));
        model["services"] = chosen;
        ServiceSelection.DropUnused(model, services.Values);
        if (!_session.Request.SkipConsistency)
            UniqueContainers(services);
        return faults.HasErrors ? null : model;
    }

    private void UniqueContainers(Dictionary<string, MapNode> services)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (service, map) in services.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (map["container_name"] is { AsText: { } name } node && !names.TryAdd(name, service))
                _session.Faults.Error(ManifestProblems.Contradiction, $"services.{service}: the container name '{name}' is used by '{names[name]}' too", node.At, $"services.{service}.container_name");
        }
    }
}
