using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Davit.Client;
using Davit.Model;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Davit.Console.Shell;

/// <summary>A part of a page as it is now.</summary>
/// <param name="IsLast">It will not change any more.</param>
internal sealed record Drawn(string Html, bool IsLast = false);

/// <summary>Draws parts of pages anew whenever what they show may have changed, and sends them (WHATWG server-sent events) to whoever looks.</summary>
internal sealed class LiveParts(IServiceProvider services, ILoggerFactory loggers, IChanges changes, IHostApplicationLifetime server, TimeProvider clock)
{
    /// <summary>An engine's containers come and go without anybody writing it down.</summary>
    private static readonly TimeSpan Unannounced = TimeSpan.FromSeconds(2);

    /// <summary>Many changes at once are one picture.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    public async Task<string> DrawAsync<TPart>(params IEnumerable<(string Name, object? Value)> values) where TPart : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPart>(ParameterView.FromDictionary(values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal)))).ToHtmlString());
    }

    /// <summary>The part as it is now, and again after every change. Whoever comes back after a cut gets the present state, so nothing is missed.</summary>
    /// <param name="api">Disposed when nobody looks any more.</param>
    /// <exception cref="ProblemException">The part cannot be shown at all.</exception>
    public async Task<IResult> StreamAsync(DavitClient api, Func<DavitClient, Task<Drawn>> draw)
    {
        try
        {
            return TypedResults.ServerSentEvents(PicturesAsync(api, await draw(api), draw, CancellationToken.None));
        }
        catch (ProblemException)
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>Lines that are only ever added to. The id that each is given tells, after a cut, where to go on.</summary>
    /// <param name="api">Disposed when nobody looks any more.</param>
    /// <exception cref="ProblemException">They cannot be read at all.</exception>
    public async Task<IResult> StreamAsync<T>(DavitClient api, IAsyncEnumerable<T> lines, Func<T, Task<SseItem<string>>> draw)
    {
        var reader = lines.GetAsyncEnumerator(server.ApplicationStopping);
        var first = reader.MoveNextAsync().AsTask();
        try
        {
            // Where nothing is written for a while, the browser is told that it is heard all the same.
            await Task.WhenAny(first, Task.Delay(Unannounced, clock, server.ApplicationStopping));
            if (first.IsFaulted)
                await first;
            return TypedResults.ServerSentEvents(LinesAsync(api, reader, first, draw));
        }
        catch (ProblemException)
        {
            await reader.DisposeAsync();
            api.Dispose();
            throw;
        }
    }

    private async IAsyncEnumerable<SseItem<string>> PicturesAsync(DavitClient api, Drawn shown, Func<DavitClient, Task<Drawn>> draw, [EnumeratorCancellation] CancellationToken ct)
    {
        using var speaker = api;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct, server.ApplicationStopping);
        yield return new(shown.Html, "state");
        while (!shown.IsLast)
        {
            var change = changes.NextAsync(Unannounced, over.Token);
            if (await TryAsync(() => draw(api)) is not { } now)
                yield break;
            if (now.Html != shown.Html)
                yield return new(now.Html, "state");
            shown = now;
            await change;
            await Task.Delay(Rest, clock, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested)
                yield break;
        }

        yield return new("", "end");
    }

    private static async IAsyncEnumerable<SseItem<string>> LinesAsync<T>(DavitClient api, IAsyncEnumerator<T> lines, Task<bool> first, Func<T, Task<SseItem<string>>> draw)
    {
        using var speaker = api;
        await using var reader = lines;
        var more = await TryAsync<bool?>(async () => await first);
        while (more is true)
        {
            yield return await draw(lines.Current);
            more = await TryAsync<bool?>(async () => await lines.MoveNextAsync());
        }

        if (more is false)
            yield return new("", "end");
    }

    /// <returns>Null when it cannot be known any more. The browser asks again after a while, and is then told why.</returns>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> next)
    {
        try
        {
            return await next();
        }
        catch (Exception e) when (e is ProblemException or OperationCanceledException)
        {
            return default;
        }
    }
}
