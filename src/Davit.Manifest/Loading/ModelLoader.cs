using Davit.Manifest.App;
using Davit.Manifest.Extending;
using Davit.Manifest.Including;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Merging;
using Davit.Manifest.Normalizing;
using Davit.Manifest.Shapes;
using Davit.Manifest.Validation;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Loading;

/// <summary>
/// Reads Compose files into one tree: read → interpolate → extends → include → merge → check the shape → long forms,
/// file after file, then defaults, checks and absolute paths.
/// </summary>
internal sealed class ModelLoader(LoadSession session)
{
    /// <summary>The merged tree of some files, or <see langword="null"/> when it cannot be had.</summary>
    public MapNode? Load(IEnumerable<SourceFile> files, FileJob job, AppLayer? layer = null)
    {
        var model = new MapNode();
        foreach (var file in files)
        {
            if (LoadFile(file, job, model) is null)
                return null;
        }

        if (layer is not null && !Lay(layer, job, model))
            return null;
        Defaults.Apply(model);
        ModelRules.Check(model, session.Faults);
        PathResolver.Resolve(model, new PathBase(job.Directory, session.Home), session.Faults);
        EnvironmentValues.Resolve(model, job.Scope);
        return model;
    }

    /// <summary>Lays one file over a model and answers its reset marks; <see langword="null"/> when it failed.</summary>
    public ResetPaths? LoadFile(SourceFile file, FileJob job, MapNode model)
    {
        var before = session.Faults.ErrorCount;
        if (session.Documents(file) is not { } documents)
            return null;
        if (session.IsStrict && documents.Count > 1)
            session.Faults.Error(ManifestProblems.SeveralDocuments, "the file holds several documents", documents[1].At);

        var resets = new ResetPaths();
        foreach (var document in documents)
        {
            if (LoadDocument(file, document, job, model) is not { } paths)
                return null;
            resets = paths;
        }

        return session.Faults.ErrorCount == before ? resets : null;
    }

    /// <summary>Adds what the app manifest says in Compose's words; its overlay changes what all files together gave.</summary>
    private bool Lay(AppLayer layer, FileJob job, MapNode model)
    {
        var before = session.Faults.ErrorCount;
        layer.Check(model, session.Faults);
        if (session.Faults.ErrorCount > before)
            return false;
        new Merger(session.Faults).Merge(model, layer.Tree);
        var changes = layer.Changes;
        if (!Shape(model, job, before) || !Shape(changes, job with { IsBase = true }, before))
            return false;
        layer.Remove(model);
        Overlay.Apply(model, changes);
        return true;
    }

    private ResetPaths? LoadDocument(SourceFile file, Node document, FileJob job, MapNode model)
    {
        var faults = session.Faults;
        var before = faults.ErrorCount;
        var resets = ResetPaths.TakeFrom(document);
        if (document is not MapNode tree)
        {
            faults.Error(ManifestProblems.NotAMapping, document.IsNull ? "the file is empty" : "the top level must be a mapping", document.At);
            return null;
        }

        new Interpolator(job.Scope, session.Policy, faults).Apply(tree, Casts.Rules);
        if (faults.ErrorCount > before)
            return StopWithShape(tree, job);
        if (!job.IsBase)
        {
            new ExtendsResolver(session, this, job).Apply(file, tree, resets);
            resets.ApplyTo(model);
            new IncludeResolver(session, this, job).Apply(file, tree);
        }

        if (faults.ErrorCount > before)
            return null;

        new Merger(faults).Merge(model, tree);
        return Shape(model, job, before) ? resets : null;
    }

    /// <summary>Values that could not be filled in fit everywhere, so what else is wrong can be told in the same run.</summary>
    private ResetPaths? StopWithShape(MapNode tree, FileJob job)
    {
        if (session.IsStrict && !job.IsBase)
            new ShapeCheck(session.Faults).Check(tree, ComposeShape.Root, "");
        return null;
    }

    private bool Shape(MapNode model, FileJob job, int before)
    {
        var faults = session.Faults;
        new Unicity(faults).Apply(model);
        if (faults.ErrorCount > before)
            return false;
        if (!job.IsBase)
        {
            new ShapeCheck(faults, refusesTimestamps: !session.IsStrict).Check(model, ComposeShape.Root, "");
            TakeVersion(model);
        }

        if (faults.ErrorCount > before)
            return false;
        new ShortForms(faults).Apply(model);
        EmptyItems.Remove(model);
        if (faults.ErrorCount > before)
            return false;
        new Unicity(faults).Apply(model);
        return faults.ErrorCount == before;
    }

    private void TakeVersion(MapNode model)
    {
        if (model["version"] is not { } version)
            return;
        session.Faults.Warn(ManifestProblems.ComposeNote, "the attribute 'version' is obsolete and ignored", model.KeyAt("version") ?? version.At, "version");
        model.Remove("version");
    }
}
