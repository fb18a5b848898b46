using Davit.Manifest.EnvFiles;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Including;

/// <summary>Loads the files under <c>include:</c>, each with its own directory and variables, and takes over what they define.</summary>
internal sealed class IncludeResolver(LoadSession session, ModelLoader loader, FileJob job)
{
    private const int MaxDepth = 50;
    private static readonly string[] Sections = ["services", "volumes", "networks", "secrets", "configs", "models"];

    public void Apply(SourceFile file, MapNode tree)
    {
        if (tree["include"] is not { } include)
            return;
        tree.Remove("include");
        if (include is not ListNode list)
        {
            if (!include.IsNull)
                session.Faults.Error(ManifestProblems.WrongType, "include must be a list", include.At, "include");
            return;
        }

        foreach (var entry in list.Items)
            Include(file, entry, tree);
    }

    private void Include(SourceFile file, Node entry, MapNode tree)
    {
        if (Texts(entry is MapNode map ? map["path"] : entry) is not { Count: > 0 } paths)
        {
            session.Faults.Error(ManifestProblems.WrongType, "an include must be a path or a mapping with a path", entry.At, "include");
            return;
        }

        if (paths.Find(p => Remote.Is(p.Text)) is { } remote)
        {
            session.Faults.Error(ManifestProblems.IncludeRemote, $"'{remote.Text}' is not a file of the app directory", remote.At, "include");
            return;
        }

        var files = paths.ConvertAll(p => session.File(GoPath.Below(job.Directory, p.Text), OriginKind.Include, $"included by {file.Shown}"));
        string[] chain = [.. job.Included, file.Path];
        if (IsCycle(chain, files[0].Path, entry))
            return;

        var named = (entry as MapNode)?["project_directory"]?.AsText;
        var directory = named is { Length: > 0 } ? GoPath.Below(job.Directory, named) : GoPath.Directory(files[0].Path);
        if (Scope(entry as MapNode, directory) is not { } scope)
            return;
        if (loader.Load(files, new FileJob(directory, scope, chain)) is { } imported)
            Import(imported, tree, files[0]);
    }

    private VariableScope? Scope(MapNode? entry, string directory)
    {
        var files = new EnvFileReader(session);
        var named = Texts(entry?["env_file"]);
        if (named.Count is 0)
        {
            var usual = GoPath.Join(directory, ".env");
            return session.Exists(usual) ? files.Extend(job.Scope, [(usual, null)]) : job.Scope.With([]);
        }

        var paths = named.Where(n => n.Text is not "/dev/null").Select(n => (GoPath.Below(job.Directory, n.Text), n.At)).ToList();
        return files.Extend(job.Scope, paths);
    }

    private void Import(MapNode from, MapNode into, SourceFile file)
    {
        foreach (var section in Sections)
        {
            if (from[section] is not MapNode source)
                continue;
            if (into[section] is not MapNode target)
                into[section] = target = source.MapHere();
            foreach (var (name, value) in source.Entries)
            {
                if (target[name] is not { } known)
                    target[name] = value;
                else if (!known.SameAs(value))
                    session.Faults.Error(ManifestProblems.IncludeConflict, $"{section}.{name} is defined differently in {file.Shown}", known.At, $"{section}.{name}");
            }
        }
    }

    private bool IsCycle(string[] chain, string path, Node entry)
    {
        if (!chain.Contains(path, StringComparer.Ordinal) && chain.Length < MaxDepth)
            return false;
        var shown = chain.Append(path).Select(p => GoPath.Relative(session.Request.Source.Root, p));
        session.Faults.Error(ManifestProblems.IncludeCycle, $"files include each other: {string.Join(" includes ", shown)}", entry.At, "include");
        return true;
    }

    private static List<ScalarNode> Texts(Node? node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Text } scalar => [scalar],
        ListNode list => [.. list.Items.OfType<ScalarNode>().Where(i => i.Kind is ScalarKind.Text)],
        _ => [],
    };
}
