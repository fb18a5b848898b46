using System.Globalization;

namespace Davit.EndToEnd.Tests.Support;

/// <param name="Tag">The name Davit gave it.</param>
internal sealed record OwnImage(string Id, string Tag);

/// <summary>
/// Things that somebody else makes in the engine: their own, some that look like ours, and some that stand on ours. What they
/// are is decided by a seed, so that a run can be repeated.
/// </summary>
internal sealed class ForeignThings(string installation, int seed) : IAsyncDisposable
{
    private readonly string _mark = $"foreign-{Platform.Unique()}";
    private readonly List<(string Kind, string Name)> _things = [];
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private uint _dice = (uint)seed * 2654435761u;
    private bool _removed;

    public int Seed => seed;

    public int Count => _things.Count;

    /// <summary>Whether something foreign stands on an image of ours.</summary>
    public bool Holds(string image) => _held.Contains(image);

    public async Task AddAsync(IReadOnlyList<OwnImage> ours, CancellationToken ct)
    {
        var name = $"{_mark}-{_things.Count}";
        var own = ours.Count is 0 ? new OwnImage("", "busybox:1") : ours[Roll(ours.Count)];
        switch (Roll(8))
        {
            case 0:
                await Engine.RunAsync(ct, "tag", "busybox:1", $"{name}:1");
                Keep("image", $"{name}:1");
                break;
            case 1:
                // Inherits our labels.
                await BuildAsync(own.Tag, ["--tag", $"{name}:1"], ct);
                Keep("image", $"{name}:1");
                break;
            case 2:
                Keep("image", await BuildAsync(own.Tag, [], ct));
                break;
            case 3:
                await Engine.RunAsync(ct, "create", "--name", name, own.Tag);
                Keep("container", name);
                _held.Add(own.Id);
                break;
            case 4:
                await Engine.RunAsync(ct, "tag", own.Tag, $"{name}:1");
                Keep("image", $"{name}:1");
                _held.Add(own.Id);
                break;
            case 5:
                await Engine.RunAsync(ct, "volume", "create", name);
                Keep("volume", name);
                break;
            case 6:
                await Engine.RunAsync(ct, "network", "create", "--subnet", Subnet(), name);
                Keep("network", name);
                break;
            default:
                // Another installation's, to the last label but one digit.
                await Engine.RunAsync(ct, "volume", "create", "--label", $"davit.installation={installation[..^1]}{(installation[^1] is '0' ? '1' : '0')}", "--label", "davit.app=app_0", name);
                Keep("volume", name);
                break;
        }
    }

    /// <summary>Those that are not there any more.</summary>
    public async Task<string[]> MissingAsync(CancellationToken ct)
    {
        if (_things.Count is 0 || (await new Program("docker", ["inspect", "--format", "x", .. _things.Select(t => t.Name)]).RunAsync(ct)).Exit is 0)
            return [];
        var missing = new List<string>();
        foreach (var (kind, name) in _things)
        {
            if ((await new Program("docker", ["inspect", "--type", kind, "--format", "x", name]).RunAsync(ct)).Exit is not 0)
                missing.Add($"{kind} {name}");
        }

        return [.. missing];
    }

    /// <summary>Before the platform looks for what is left, because some of these carry its label.</summary>
    public async Task RemoveAsync()
    {
        _removed = true;
        foreach (var (kind, name) in Enumerable.Reverse(_things).OrderBy(t => t.Kind is not "container"))
            await Engine.RemoveAsync($"{kind} {name}", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_removed)
            await RemoveAsync();
    }

    private void Keep(string kind, string name) => _things.Add((kind, name));

    private static async Task<string> BuildAsync(string from, string[] arguments, CancellationToken ct)
    {
        var context = Directory.CreateTempSubdirectory("davit-foreign-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(context.FullName, "Dockerfile"), $"FROM {from}\nLABEL made={Platform.Unique()}\n", ct);
            return await Engine.RunAsync(ct, ["build", "--quiet", .. arguments, context.FullName]);
        }
        finally
        {
            context.Delete(recursive: true);
        }
    }

    /// <summary>The engine's own addresses are enough for some thirty networks only. One of the 32,768 /28 of 10.184.0.0/13.</summary>
    private string Subnet()
    {
        var block = (Convert.ToInt32(_mark[^6..], 16) + _things.Count) % 32768;
        return string.Create(CultureInfo.InvariantCulture, $"10.{184 + (block >> 12)}.{(block >> 4) & 255}.{(block & 15) << 4}/28");
    }

    private int Roll(int sides)
    {
        _dice = (_dice * 1664525u) + 1013904223u;
        return (int)((_dice >> 8) % (uint)sides);
    }
}
