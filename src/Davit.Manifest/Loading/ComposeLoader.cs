using System.Collections.Immutable;
using Davit.Manifest.App;
using Davit.Manifest.Binding;
using Davit.Manifest.Discovery;
using Davit.Manifest.EnvFiles;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Normalizing;
using Davit.Manifest.Sources;
using Davit.Manifest.Validation;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Loading;

/// <summary>From a request to one bound Compose model: files, variables, name, profiles, checks.</summary>
internal sealed class ComposeLoader(LoadSession session)
{
    private readonly LoadRequest _request = session.Request;

    /// <summary>The Compose reference's own way, environment variables included.</summary>
    public ComposeDocument? Load()
    {
        var scope = new VariableScope(_request.Variables, session.Asked);
        var given = _request.ComposeFiles.Select(Absolute).ToList();
        var directory = Directory(given);
        if (Variables(scope, directory) is false)
            return null;
        if (given.Count is 0)
            given = [.. FromEnvironment(scope)];
        if (given.Count is 0)
            given = [.. ComposeFiles.Search(session, directory)];
        if (given.Count is 0)
        {
            session.Faults.Error(ManifestProblems.NothingToDeploy, $"no Compose file was found in {directory}", null);
            return null;
        }

        directory = Directory(given);
        return Variables(scope, directory) is false ? null : Load(given, directory, scope);
    }

    /// <summary>Some files in merge order, in a directory, with variables that are complete.</summary>
    public ComposeDocument? Load(IReadOnlyList<string> paths, string directory, VariableScope scope, AppLayer? layer = null)
    {
        var files = paths.Select((p, i) => session.File(p, i is 0 ? OriginKind.File : OriginKind.Override, "")).ToArray();
        if (new ProjectNames(session, scope, layer?.Name).Choose(files, directory) is not { } name)
            return null;

        scope["COMPOSE_PROJECT_NAME"] = name;
        return new ModelLoader(session).Load(files, new FileJob(directory, scope, []), layer) is { } model
            ? Finish(model, name, scope, layer?.Profiles ?? [])
            : null;
    }

    /// <summary>Adds the env files; what the caller gave wins.</summary>
    public bool Variables(VariableScope scope, string directory)
    {
        var files = _request.EnvFiles.Select(Absolute).ToList();
        if (files.Count is 0 && !session.IsStrict && scope["COMPOSE_ENV_FILES"] is { Length: > 0 } listed)
            files = [.. listed.Split(',').Select(Absolute)];
        var usual = GoPath.Join(directory, ".env");
        if (files.Count is 0 && scope["COMPOSE_DISABLE_ENV_FILE"] is not ("1" or "true" or "TRUE" or "True" or "t" or "T") && session.Exists(usual))
            files.Add(usual);
        if (new EnvFileReader(session).Extend(scope, files.Select(f => (f, (SourcePosition?)null))) is not { } wider)
            return false;
        scope.Merge(wider.Values);
        return true;
    }

    /// <summary>Normalises, binds and checks a merged model.</summary>
    private ComposeDocument? Finish(MapNode model, string name, VariableScope scope, ImmutableArray<string> profiles)
    {
        var faults = session.Faults;
        if (faults.HasErrors)
            return null;
        new Normalizer(name, scope).Apply(model);
        if (ResourceFields.Root.Bind(model, new BindContext(faults, "")) is not MapNode bound || faults.HasErrors)
            return null;

        Extensions(model, bound);
        var services = new ActiveServices(bound, [.. Profiles(scope), .. profiles]);
        if (!_request.SkipConsistency)
            new Consistency(bound, services, faults).Check();
        return faults.HasErrors ? null : new ComposeDocument(session, bound, services, scope);
    }

    private static void Extensions(MapNode model, MapNode bound)
    {
        foreach (var (key, value) in model.Entries.Where(e => e.Key.StartsWith("x-", StringComparison.Ordinal)))
            bound[key] = value;
    }

    private ImmutableArray<string> Profiles(VariableScope scope)
    {
        if (_request.Profiles.Length > 0 || session.IsStrict)
            return _request.Profiles;
        return [.. (scope["COMPOSE_PROFILES"] ?? "").Split(',').Select(p => p.Trim())];
    }

    private string Absolute(string path) => GoPath.Below(_request.Source.Root, path);

    private string Directory(List<string> files) =>
        _request.ProjectDirectory is { Length: > 0 } given ? Absolute(given) : files.Count > 0 ? GoPath.Directory(files[0]) : _request.Source.Root;

    private IEnumerable<string> FromEnvironment(VariableScope scope)
    {
        if (scope["COMPOSE_FILE"] is not { Length: > 0 } files)
            return [];
        var separator = scope["COMPOSE_PATH_SEPARATOR"] is { Length: > 0 } given ? given : ":";
        return files.Split(separator).Select(Absolute);
    }
}
