using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Davit.Testing;
using Davit.Testing.Postgres;

namespace Davit.Store.Tests;

public sealed class AccessTests(PostgresServer server) : StoreTests(server)
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_key_goes_from_taken_over_in_flight_to_answered_and_refuses_another_body()
    {
        var space = Space(await OrgAsync());
        (await TakeAsync(space, "body")).ShouldBeOfType<KeyState.Taken>();
        (await TakeAsync(space, "body")).ShouldBeOfType<KeyState.InFlight>();
        (await TakeAsync(space, "other")).ShouldBeOfType<KeyState.Reused>();

        await AnswerAsync(space);
        (await TakeAsync(space, "body")).ShouldBe(new KeyState.Answered(201, "{}"));
        (await TakeAsync(space, "other")).ShouldBeOfType<KeyState.Reused>();
    }

    [Fact]
    public async Task Keys_of_other_callers_and_operations_do_not_meet()
    {
        var space = Space(await OrgAsync());
        await TakeAsync(space, "body");
        KeySpace[] others = [space with { Actor = "b" }, space with { Operation = "PUT /x" }, space with { Key = "another-key" }, space with { Org = await OrgAsync("other") }];

        foreach (var other in others)
            (await TakeAsync(other, "body")).ShouldBeOfType<KeyState.Taken>();
    }

    [Fact]
    public async Task A_released_key_is_free_and_an_answered_one_cannot_be_released()
    {
        var space = Space(await OrgAsync());
        await TakeAsync(space, "body");
        await ReleaseAsync(space);
        (await TakeAsync(space, "other")).ShouldBeOfType<KeyState.Taken>();

        await AnswerAsync(space);
        await ReleaseAsync(space);
        (await TakeAsync(space, "other")).ShouldBeOfType<KeyState.Answered>();
    }

    [Fact]
    public async Task A_key_whose_holder_is_gone_is_taken_over_by_the_same_body_only()
    {
        var space = Space(await OrgAsync());
        await TakeAsync(space, "body");
        _clock.Advance(TimeSpan.FromMinutes(3));

        (await TakeAsync(space, "other")).ShouldBeOfType<KeyState.Reused>();
        (await TakeAsync(space, "body")).ShouldBeOfType<KeyState.Taken>();
        (await TakeAsync(space, "body")).ShouldBeOfType<KeyState.InFlight>();
    }

    [Fact]
    public async Task Taking_a_key_while_others_release_it_never_breaks()
    {
        var space = Space(await OrgAsync());
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            var count = 0;
            for (var i = 0; i < 50; i++)
            {
                if (await TakeAsync(space, "body") is not KeyState.Taken)
                    continue;
                count++;
                await ReleaseAsync(space);
            }

            return count;
        }));

        taken.Sum().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_kept_and_revoked_or_expired_ones_stand_for_nobody()
    {
        var org = await OrgAsync();
        var (token, id) = (TokenTable.Make(), Id.New<KeyId>(_clock));
        await WriteAsync(org, w => TokenTable.InsertHostAsync(w, id, "ann", "laptop", token, Ct));

        (await FindAsync(token))!.ShouldSatisfyAllConditions(t => t.Id.ShouldBe(id), t => t.OrgId.ShouldBe(org), t => t.Actor.ShouldBe("ann"), t => t.IsHost.ShouldBeTrue());
        (await FindAsync(token + "x")).ShouldBeNull();
        (await FindAsync(TokenTable.Make())).ShouldBeNull();
        (await ReadAsync(db => db.ExecuteScalarAsync<string>("select string_agg(t::text, '') || (select string_agg(e::text, '') from events e) from tokens t")))!.ShouldNotContain(token[6..]);

        await ReadAsync(db => db.ExecuteAsync("update tokens set expires_at = @at", new { at = _clock.GetUtcNow().UtcDateTime }));
        (await FindAsync(token)).ShouldBeNull();
        await ReadAsync(db => db.ExecuteAsync("update tokens set expires_at = null, revoked_at = @at", new { at = _clock.GetUtcNow().UtcDateTime }));
        (await FindAsync(token)).ShouldBeNull();
    }

    [Fact]
    public void Tokens_have_256_random_bits_behind_a_known_prefix()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => TokenTable.Make()).ToList();
        tokens.ShouldBeUnique();
        tokens.ShouldAllBe(t => t.StartsWith("davit_") && t.Length == 6 + 43 + 6 && TokenTable.IsOne(t));
        tokens.Select(t => t[..^1] + (t[^1] is '0' ? '1' : '0')).ShouldAllBe(t => !TokenTable.IsOne(t));
    }

    [Fact]
    public async Task A_receipt_is_found_by_its_own_id_and_a_thing_by_its_deployments_receipt_first()
    {
        var (org, other) = (await OrgAsync(), await OrgAsync("other"));
        var (first, second) = (Receipt("deployment", 0), Receipt("deployment-cancel", 1));
        await WriteAsync(org, async w =>
        {
            await ReceiptTable.InsertAsync(w, first, Ct);
            await ReceiptTable.InsertAsync(w, second, Ct);
        });

        (await ReadAsync(db => ReceiptTable.FindAsync(db, org, "dep_1", Ct)))!.Id.ShouldBe(first.Id);
        (await ReadAsync(db => ReceiptTable.FindAsync(db, org, second.Id.ToString(), Ct)))!.Kind.ShouldBe("deployment-cancel");
        (await ReadAsync(db => ReceiptTable.FindAsync(db, other, second.Id.ToString(), Ct))).ShouldBeNull();
        (await ReadAsync(db => ReceiptTable.ListAsync(db, org, "dep_1", 10, Ct))).Select(r => r.Id).ShouldBe([second.Id, first.Id]);

        ReceiptRow Receipt(string kind, int second) => new()
        {
            Id = Id.New<ReceiptId>(_clock), Kind = kind, Subjects = ["dep_1"], Body = "{}", CreatedAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(second),
        };
    }

    private static KeySpace Space(OrgId org) => new(org, "a", "POST /x", "key-12345678");

    private Task<KeyState> TakeAsync(KeySpace space, string hash) => ReadAsync(db => IdempotencyKeys.TakeAsync(db, space, hash, _clock.GetUtcNow(), Ct));

    private Task<bool> AnswerAsync(KeySpace space) => ReadAsync(async db =>
    {
        await IdempotencyKeys.AnswerAsync(db, space, 201, "{}", Ct);
        return true;
    });

    private Task<bool> ReleaseAsync(KeySpace space) => ReadAsync(async db =>
    {
        await IdempotencyKeys.ReleaseAsync(db, space, Ct);
        return true;
    });

    private Task<TokenOwner?> FindAsync(string token) => ReadAsync(db => TokenTable.FindAsync(db, token, _clock.GetUtcNow(), Ct));
}
