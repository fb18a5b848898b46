using Dapper;
using Davit.Model;
using Davit.Store.Migrating;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.Store.Tests;

public sealed class MigrationTests(PostgresServer server) : IAsyncLifetime
{
    private NpgsqlDataSource _source = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Migrator Migrator => new(_source, TimeProvider.System);

    public async ValueTask InitializeAsync() => _source = NpgsqlDataSource.Create(await server.CreateEmptyAsync());

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task A_fresh_database_gets_every_migration_in_order_and_a_second_run_gets_none()
    {
        (await Migrator.MigrateAsync(Ct)).ShouldBe(Migrator.All.Select(m => m.Name));
        (await Migrator.MigrateAsync(Ct)).ShouldBeEmpty();
        await Migrator.CheckAsync(Ct);
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_refused_with_the_way_out() =>
        (await Should.ThrowAsync<ProblemException>(Migrator.CheckAsync(Ct))).Problem.Code.ShouldBe("DV4103");

    [Fact]
    public async Task A_migration_that_was_edited_after_it_was_applied_is_refused_by_both()
    {
        await Migrator.MigrateAsync(Ct);
        await ExecuteAsync("update migrations set checksum = 'sha256:other' where name = (select min(name) from migrations)");

        (await Should.ThrowAsync<ProblemException>(Migrator.MigrateAsync(Ct))).Problem.Code.ShouldBe("DV4104");
        (await Should.ThrowAsync<ProblemException>(Migrator.CheckAsync(Ct))).Problem.Code.ShouldBe("DV4104");
    }

    [Fact]
    public async Task A_database_of_a_newer_build_is_left_alone()
    {
        await Migrator.MigrateAsync(Ct);
        await ExecuteAsync("insert into migrations values ('9999_future', 'sha256:x', now())");

        (await Should.ThrowAsync<ProblemException>(Migrator.MigrateAsync(Ct))).Problem.Code.ShouldBe("DV4102");
        (await Should.ThrowAsync<ProblemException>(Migrator.CheckAsync(Ct))).Problem.Code.ShouldBe("DV4102");
    }

    [Fact]
    public async Task Of_eight_servers_that_migrate_at_once_exactly_one_applies_each_migration()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Migrator.MigrateAsync(Ct)));

        applied.SelectMany(a => a).ShouldBe(Migrator.All.Select(m => m.Name), ignoreOrder: true);
    }

    [Fact]
    public void The_checksum_does_not_depend_on_how_lines_end() =>
        new Migration("a", "select 1;\r\nselect 2;\r\n").Checksum.ShouldBe(new Migration("a", "select 1;\nselect 2;\n").Checksum);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(sql);
    }
}
