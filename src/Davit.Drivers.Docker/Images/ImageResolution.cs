using System.Text.Json;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Images;
using Davit.Model;

namespace Davit.Drivers.Docker.Images;

/// <summary>Turns references into pinned ones, pulling what is missing.</summary>
internal sealed class ImageResolution(EngineClient engine, ImageStore store)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public async Task<ImageSight> ResolveAsync(ImageRequest request, CancellationToken ct)
    {
        var here = await store.FindAsync(request.Reference, ct);
        var native = (await engine.AgreeAsync(ct)).Platform;
        if (ImageReference.IsLocalId(request.Reference) || request.Pull is PullPolicy.Never || (request.Pull is PullPolicy.Missing && here is not null && Fits(here, request.Platform)))
            return Checked(here ?? throw new ProblemException(DriverProblems.ImageNotFound(request.Reference, "it is not here, and it must not be pulled")), request, native, null);

        string? digest;
        try
        {
            digest = await PullAsync(request, ct);
        }
        catch (ProblemException unknown) when (here is not null && IsOnlyHere(here) && unknown.Problem.Of != DriverProblems.DiskFullCode)
        {
            return Checked(here, request, native, null);
        }

        var pulled = await store.FindAsync(request.Reference, ct);
        return Checked(pulled ?? throw new ProblemException(DriverProblems.ImageNotFound(request.Reference, "it vanished right after it was pulled")), request, native, digest);
    }

    /// <summary>No registry ever knew it: it was built or loaded on this machine.</summary>
    private static bool IsOnlyHere(ImageReply here) => (here.RepoDigests ?? []).Length is 0;

    private static bool Fits(ImageReply image, string? platform) => string.IsNullOrEmpty(image.Architecture)
        || platform?.Split('/') is not [var os, var architecture, ..] || (os == image.Os && Same(architecture, image.Architecture));

    private static bool Same(string wanted, string have) => wanted switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        _ => wanted,
    } == have;

    /// <summary>Without a platform in the request it must be the engine's own; an emulated one has to be asked for.</summary>
    private static ImageSight Checked(ImageReply found, ImageRequest request, string native, string? digest) => Fits(found, request.Platform ?? native)
        ? ImageStore.Look(found, request.Reference, digest)
        : throw new ProblemException(DriverProblems.ImagePlatform(request.Reference, request.Platform ?? native, $"it is for {found.Os}/{found.Architecture}"));

    /// <summary>The digest the registry named, when it named one.</summary>
    private async Task<string?> PullAsync(ImageRequest request, CancellationToken ct)
    {
        var reference = ImageReference.Parse(request.Reference);
        var platform = request.Platform ?? "this node";
        using var limit = new CancellationTokenSource(Longest, engine.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        string? digest = null;
        try
        {
            await foreach (var line in engine.StreamAsync(Call(reference, request), EngineJson.Default.ProgressLine, both.Token))
            {
                if (line.Error is { } error)
                    throw new ProblemException(EngineAnswers.ForImageText(request.Reference, platform, error) ?? DriverProblems.ImageUnreachable(request.Reference, error));
                if (line.Status?.StartsWith("Digest: ", StringComparison.Ordinal) is true)
                    digest = line.Status["Digest: ".Length..].Trim();
            }

            return digest;
        }
        catch (EngineException refused)
        {
            throw EngineAnswers.ForImage(request.Reference, platform, refused);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ProblemException(DriverProblems.ImageUnreachable(request.Reference, $"not complete after {Longest.TotalMinutes:0} minutes"));
        }
    }

    private static EngineCall Call(ImageReference reference, ImageRequest request)
    {
        var call = EngineCall.Post("/images/create", ("fromImage", reference.Repository), ("tag", reference.Digest ?? reference.Tag), ("platform", request.Platform))
            with { Timeout = TimeSpan.FromMinutes(2) };
        if (request.Credentials is not { } credentials)
            return call;

        var auth = JsonSerializer.SerializeToUtf8Bytes(new(credentials.User, credentials.Password, reference.Registry), EngineJson.Default.RegistryAuth);
        return call with { Header = ("X-Registry-Auth", Convert.ToBase64String(auth).Replace('+', '-').Replace('/', '_')) };
    }
}
