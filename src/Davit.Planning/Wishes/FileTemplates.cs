using System.Globalization;
using Davit.Manifest;
using Davit.Planning.Instances;

namespace Davit.Planning.Wishes;

/// <summary>The files a service is given: configs with their bytes, secrets by digest only, so that no stored wish holds one.</summary>
public static class FileTemplates
{
    private const string SecretsDirectory = "/run/secrets";

    internal static IEnumerable<FileSpec> Of(AppManifest app, ServiceSpec service, ReleaseContents contents, WishContext context) =>
    [
        .. service.Configs.Where(c => app.Configs.ContainsKey(c.Source)).Select(c => Config(c, contents, context)),
        .. service.Secrets.Where(s => app.Secrets.ContainsKey(s.Source)).Select(s => Secret(s, context.Configured!.Find(app, service.Name, s.Source, contents)!.Value)),
    ];

    /// <summary>The key under which a release keeps a config's or secret's digest.</summary>
    public static string ConfigKey(string name) => $"config/{name}";

    public static string SecretKey(string name) => $"secret/{name}";

    private static FileSpec Config(FileReferenceSpec use, ReleaseContents contents, WishContext context)
    {
        var digest = contents.Files[ConfigKey(use.Source)] ?? "";
        var content = new FileContent.Plain([.. context.ReadFile(digest)]);
        return With(new FileSpec(use.Target.StartsWith('/') ? use.Target : "/" + use.Target, content), use);
    }

    public static string SecretPath(FileReferenceSpec use) => use.Target.StartsWith('/') ? use.Target : $"{SecretsDirectory}/{use.Target}";

    private static FileSpec Secret(FileReferenceSpec use, (string Name, string Version, bool IsStored) found) =>
        With(new FileSpec(SecretPath(use), new FileContent.Secret(found.Name, found.Version, null)), use);

    private static FileSpec With(FileSpec file, FileReferenceSpec use) => file with { Mode = use.Mode, Uid = Number(use.Uid), Gid = Number(use.Gid) };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
