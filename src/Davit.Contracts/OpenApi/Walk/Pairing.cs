using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Rules.Bodies;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Finds what belongs together.</summary>
internal static class Pairing
{
    /// <summary>By their text, then without the names of their variables.</summary>
    public static IEnumerable<(PathItem? Old, PathItem? New)> Paths(IReadOnlyList<PathItem> old, IReadOnlyList<PathItem> @new)
    {
        var open = @new.ToList();
        foreach (var path in old)
        {
            var partner = open.Find(n => n.Template.Text == path.Template.Text)
                ?? open.Find(n => n.Template.Blank == path.Template.Blank && !old.Any(o => o.Template.Text == n.Template.Text));
            if (partner is not null)
                open.Remove(partner);
            yield return (path, partner);
        }

        foreach (var added in open)
            yield return (null, added);
    }

    /// <summary>By name, variables of the path by their position.</summary>
    public static IEnumerable<(Parameter? Old, Parameter? New)> Parameters(Operation old, Operation @new)
    {
        var open = @new.Parameters.ToList();
        foreach (var parameter in old.Parameters)
        {
            var name = parameter.In is "path" ? Renamed(old, @new, parameter.Name) : parameter.Name;
            var partner = open.Find(n => n.In == parameter.In && n.Name == name);
            if (partner is not null)
                open.Remove(partner);
            yield return (parameter, partner);
        }

        foreach (var added in open)
            yield return (null, added);
    }

    /// <summary>By name, then by a name that means the same or part of it.</summary>
    public static IEnumerable<(MediaType? Old, MediaType? New)> MediaTypes(IReadOnlyList<MediaType> old, IReadOnlyList<MediaType> @new)
    {
        var added = @new.Where(n => !old.Any(o => o.Name == n.Name)).ToList();
        foreach (var media in old)
        {
            var partner = @new.FirstOrDefault(n => n.Name == media.Name) ?? added.Find(a => MediaTypeName.AreRelated(media.Name, a.Name));
            if (partner is not null)
                added.Remove(partner);
            yield return (media, partner);
        }

        foreach (var media in added)
            yield return (null, media);
    }

    private static string Renamed(Operation old, Operation @new, string name)
    {
        var position = old.Path.Template.Variables.ToList().IndexOf(name);
        return position >= 0 && position < @new.Path.Template.Variables.Count ? @new.Path.Template.Variables[position] : name;
    }
}
