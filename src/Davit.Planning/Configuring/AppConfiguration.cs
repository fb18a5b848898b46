using System.Collections.Immutable;
using System.Globalization;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Wishes;

namespace Davit.Planning.Configuring;

/// <summary>What the services of a release get in one environment. Pure, and whole before anything starts.</summary>
public sealed class AppConfiguration
{
    private readonly ImmutableSortedDictionary<string, ServiceConfiguration> _services;
    private readonly EnvConfiguration _configuration;

    private AppConfiguration(ImmutableSortedDictionary<string, ServiceConfiguration> services, EnvConfiguration configuration) => (_services, _configuration) = (services, configuration);

    public ServiceConfiguration this[string service] => _services[service];

    public IReadOnlyDictionary<string, ServiceConfiguration> Services => _services;

    public IEnumerable<Fault> Faults => _services.Values.SelectMany(s => s.Faults).Concat(ServiceConfiguration.Required(_configuration, [.. _services.Values])).Distinct();

    public static AppConfiguration Of(AppManifest app, ReleaseContents contents, WishContext context)
    {
        var facts = FactsOf(app, contents, context);
        var configuration = WithManifest(app, context.Configuration);
        return new(app.Services.ToImmutableSortedDictionary(s => s.Key, s => ServiceConfiguration.Of(s.Value, configuration, facts), StringComparer.Ordinal), configuration);
    }

    /// <summary>What holds for every service, whatever its own part of the manifest says.</summary>
    public static ServiceConfiguration Common(AppManifest app, ReleaseContents contents, WishContext context) =>
        ServiceConfiguration.Of("", new Layer(LayerKind.Manifest, "manifest", []), WithManifest(app, context.Configuration), FactsOf(app, contents, context));

    /// <summary>What the platform is told about a variable comes before what the manifest says of it.</summary>
    private static EnvConfiguration WithManifest(AppManifest app, EnvConfiguration configuration) => configuration with
    {
        Definitions =
        [
            .. configuration.Definitions,
            .. app.Variables.Where(v => !configuration.Definitions.Any(d => d.Name == v.Key)).Select(v => new VariableDefinition(v.Key, v.Value.Type)
            {
                IsRequired = v.Value.IsRequired, Default = v.Value.Default, Description = v.Value.Description ?? "", Values = [.. v.Value.Values],
            }),
        ],
    };

    /// <summary>Secrets that a service reads as files, and that neither the manifest nor anybody else brings.</summary>
    public IReadOnlyList<(string Service, string Name)> Missing(AppManifest app, ReleaseContents contents) =>
    [
        .. from service in app.Services.Values
           from use in service.Secrets
           where app.Secrets.ContainsKey(use.Source) && Find(app, service.Name, use.Source, contents) is null
           select (service.Name, NameOf(app, use.Source)),
        .. app.RequiredSecrets.Where(n => contents.Files[FileTemplates.SecretKey(n)] is null && !_services.Values.Any(s => s.SecretOf(n, isInManifest: false) is not null)).Select(n => ("", n)),
    ];

    /// <summary>The version of a secret that a service reads as a file; null when there is none.</summary>
    /// <param name="key">As the manifest knows it.</param>
    public (string Name, string Version, bool IsStored)? Find(AppManifest app, string service, string key, ReleaseContents contents)
    {
        var brought = contents.Files[FileTemplates.SecretKey(key)];
        if (this[service].SecretOf(NameOf(app, key), brought is not null) is { } pin)
            return (pin.Name, pin.Version, true);
        return brought is null ? null : (key, brought, false);
    }

    private static string NameOf(AppManifest app, string key) => app.Secrets[key].Source is FileSource.External external ? external.Name : key;

    private static ReferenceFacts FactsOf(AppManifest app, ReleaseContents contents, WishContext context)
    {
        var routes = RouteWishes.Of(app, context);
        return new ReferenceFacts
        {
            Services = Instances.EquatableMap.From(app.Services.Values.SelectMany(s => FactsOf(s, contents.Find(s.Name), routes.FirstOrDefault(r => r.Service == s.Name), context))),
            Git = context.Git,
            System = Instances.EquatableMap.Of(("app", context.App), ("env", context.Env), ("project", context.Project), ("org", context.Org), ("domain", context.BaseDomain)),
            Org = Instances.EquatableMap.From(context.Configuration.Layers.Where(l => l.Kind is LayerKind.Org).SelectMany(l => l.Settings)
                .Where(s => s.Value is SettingValue.Text).Select(s => KeyValuePair.Create(s.Name, ((SettingValue.Text)s.Value).Value))),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> FactsOf(ServiceSpec service, ReleasedService? released, RouteWish? route, WishContext context)
    {
        if (route is not null)
            yield return new($"{service.Name}.url", route.Url(context.HttpPort));
        if (released is { Image: { Length: > 0 } image })
            yield return new($"{service.Name}.image", image);
        if (service.Static is not null)
            yield break;
        yield return new($"{service.Name}.host", service.Name);
        if ((route?.Port ?? service.Port ?? (released?.ExposedPorts is [var only] ? only : null)) is not { } port)
            yield break;
        var number = port.ToString(CultureInfo.InvariantCulture);
        yield return new($"{service.Name}.port", number);
        yield return new($"{service.Name}.internal_url", $"http://{service.Name}:{number}");
        if (route is null)
            yield return new($"{service.Name}.url", $"http://{service.Name}:{number}");
    }
}
