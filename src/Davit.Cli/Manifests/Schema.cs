using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Manifest;

namespace Davit.Cli.Manifests;

/// <summary><c>davit schema</c></summary>
internal sealed class Schema : Verb
{
    private readonly Option<bool> _compose = new("--compose") { Description = "The schema of Compose files instead." };

    public Schema() : base("schema", "Print the JSON Schema of davit.yaml, for editors.", "davit schema > davit.schema.json", "davit schema --compose") => Add(_compose);

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Raw(asked.Get(_compose) ? ManifestSchema.Compose() : ManifestSchema.Davit());
        return Task.FromResult(ExitCode.Done);
    }
}
