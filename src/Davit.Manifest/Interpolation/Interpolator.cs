using Davit.Manifest.Loading;
using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Interpolation;

/// <summary>Fills in variables in every value of a tree, never in keys, and casts the results by their place.</summary>
internal sealed class Interpolator(VariableScope scope, InterpolationPolicy policy, FaultSink faults)
{
    public void Apply(MapNode tree, PathRules<Casts.Cast>? casts) => Map(tree, casts, "");

    /// <summary>One text that is no part of a tree, such as an include path.</summary>
    public string Text(ScalarNode scalar, string path) => Fill(scalar, path) is { Kind: not ScalarKind.Unknown } filled ? filled.Text : "";

    private void Map(MapNode map, PathRules<Casts.Cast>? casts, string path)
    {
        foreach (var (key, value) in map.Snapshot())
        {
            var at = path.Length is 0 ? key : $"{path}.{key}";
            map[key] = Value(value, casts?.Step(key), at);
        }
    }

    private Node Value(Node value, PathRules<Casts.Cast>? casts, string path)
    {
        switch (value)
        {
            case MapNode map:
                Map(map, casts, path);
                return map;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                    list.Items[i] = Value(list.Items[i], casts?.StepItem(), $"{path}[{i}]");
                return list;
            case ScalarNode { Kind: ScalarKind.Text } scalar:
                return Converted(Fill(scalar, path), casts?.Rule, path);
            default:
                return value;
        }
    }

    private ScalarNode Fill(ScalarNode scalar, string path)
    {
        if (!scalar.Text.Contains('$', StringComparison.Ordinal))
            return scalar;

        var template = new Template(name => scope[name], policy.Budget);
        var text = template.Fill(scalar.Text);
        var isSound = Report(template, scalar, path);
        return isSound ? scalar.With(ScalarKind.Text, text, template.Used) : scalar.With(ScalarKind.Unknown, "");
    }

    private bool Report(Template template, ScalarNode scalar, string path)
    {
        var before = faults.ErrorCount;
        foreach (var secret in template.Used.Where(n => policy.Secrets.Contains(n, StringComparer.Ordinal)))
            faults.Error(ManifestProblems.SecretInText, $"{path} uses the secret {secret} as text", scalar.At, path);
        switch (template.Fault)
        {
            case TemplateFault.Required required:
                var reason = required.Reason.Length is 0 ? "" : $": {required.Reason}";
                faults.Error(ManifestProblems.VariableRequired, $"the variable {required.Name} must have a value{reason}", scalar.At, path);
                break;
            case TemplateFault.Malformed:
                faults.Error(ManifestProblems.TemplateInvalid, $"{path} holds a '$' expression that is not well-formed; write a literal '$' as '$$'", scalar.At, path);
                break;
            case TemplateFault.TooLong grown:
                faults.Error(ManifestProblems.TooLarge, $"{path} grows too large with the variable {grown.Name}", scalar.At, path);
                break;
            default:
                Unset(template, scalar, path);
                break;
        }

        return faults.ErrorCount == before;
    }

    private void Unset(Template template, ScalarNode scalar, string path)
    {
        foreach (var name in template.Unset.Where(n => !policy.AllowUnset.Contains(n, StringComparer.Ordinal)))
        {
            if (policy.UnsetIsError)
                faults.Error(ManifestProblems.VariableUnset, $"the variable {name} has no value", scalar.At, path);
            else
                faults.Warn(ManifestProblems.VariableUnset, $"the variable {name} has no value and is replaced by nothing", scalar.At, path);
        }
    }

    private ScalarNode Converted(ScalarNode scalar, Casts.Cast? cast, string path)
    {
        if (cast is null || scalar.Kind is ScalarKind.Unknown)
            return scalar;
        if (cast(scalar) is { } converted)
            return converted;

        var wanted = cast == Casts.ToFlag ? "true or false" : "a number";
        faults.Error(ManifestProblems.NotConvertible, $"{path} must be {wanted}, not '{(scalar.Text.Length <= 60 ? scalar.Text : scalar.Text[..60] + "…")}'", scalar.At, path);
        return scalar.With(ScalarKind.Unknown, "");
    }
}
