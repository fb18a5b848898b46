using Davit.ControlPlane.Audit;
using Davit.ControlPlane.Tests.Support;
using Davit.Model;
using Davit.Store.Events;
using Davit.Testing;

namespace Davit.ControlPlane.Tests.Audit;

public sealed class DenialFoldingTests(OneServer server) : IClassFixture<OneServer>
{
    private readonly ManualClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_is_in_the_log_at_once_with_who_what_and_from_where()
    {
        using var denials = Folding();
        var (org, resource) = await PlaceAsync();
        await denials.RecordAsync(org, "eve", "app:delete", resource, "203.0.113.9", Ct);

        var row = (await EventsAsync(org, resource)).ShouldHaveSingleItem();
        (row.Type, row.Actor, row.Decision, row.Address).ShouldBe(("access.denied", "eve", "denied", "203.0.113.9"));
        row.Payload.ShouldContain("\"permission\": \"app:delete\"");
    }

    [Fact]
    public async Task A_hundred_thousand_equal_ones_in_a_minute_are_two_events_with_the_true_count()
    {
        using var denials = Folding();
        var (org, resource) = await PlaceAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            for (var i = 0; i < 5000; i++)
                await denials.RecordAsync(org, "eve", "app:delete", resource, "203.0.113.9", Ct);
        }));
        await denials.FlushAsync(_clock.GetUtcNow(), Ct);
        (await EventsAsync(org, resource)).Count.ShouldBe(1, "the minute is not over");

        _clock.Advance(TimeSpan.FromMinutes(1));
        await denials.FlushAsync(_clock.GetUtcNow(), Ct);
        (await EventsAsync(org, resource)).Sum(Count).ShouldBe(100_000);
        (await EventsAsync(org, resource)).Count.ShouldBe(2);

        await denials.FlushAsync(_clock.GetUtcNow(), Ct);
        await denials.RecordAsync(org, "eve", "app:delete", resource, "203.0.113.9", Ct);
        (await EventsAsync(org, resource)).Count.ShouldBe(3, "the next minute begins with an event of its own");
    }

    [Fact]
    public async Task Different_ones_are_not_folded()
    {
        using var denials = Folding();
        var (org, resource) = await PlaceAsync();
        await denials.RecordAsync(org, "eve", "app:delete", resource, "203.0.113.9", Ct);
        await denials.RecordAsync(org, "eve", "app:update", resource, "203.0.113.9", Ct);
        await denials.RecordAsync(org, "mallory", "app:delete", resource, "203.0.113.9", Ct);
        await denials.RecordAsync(org, "eve", "app:delete", resource, "203.0.113.10", Ct);

        (await EventsAsync(org, resource)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Somebody_who_asks_for_something_else_each_time_is_counted_without_growing_the_log()
    {
        using var denials = new DenialFolding(server.Installed.Database, _clock, mostOfOneOrg: 20);
        var (org, _) = await PlaceAsync();
        for (var i = 0; i < 520; i++)
            await denials.RecordAsync(org, "eve", "app:delete", $"flood-{i}", "203.0.113.9", Ct);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await denials.FlushAsync(_clock.GetUtcNow(), Ct);

        Count((await EventsAsync(org, "(many)")).ShouldHaveSingleItem()).ShouldBe(500);
    }

    private DenialFolding Folding() => new(server.Installed.Database, _clock);

    private async Task<(OrgId Org, string Resource)> PlaceAsync() => (await server.Installed.OrgAsync(Ct), $"app_{Unique.Digits()}");

    private Task<IReadOnlyList<EventRow>> EventsAsync(OrgId org, string resource) => server.Installed.Database.ReadAsync(db => EventLog.ReadAsync(db, org, 0, resource, Ct), Ct);

    private static long Count(EventRow row) => (long)System.Text.Json.Nodes.JsonNode.Parse(row.Payload)!["count"]!;
}
