using Microsoft.EntityFrameworkCore;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class EfTests
{
    private static readonly Instant noon = Instant.FromUtc(2026, 3, 4, 12, 0);

    [Theory, BothDatabases]
    public async Task Ef_joins_the_unit_and_reads_what_hand_written_statements_wrote(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(async unit =>
        {
            await unit.SetTimer("reminder", "by-hand", noon);
            await unit.Send();
            await using var context = unit.Use<Timers>(options => new Timers(options));
            context.Add(new SetTimer { Kind = "reminder", Key = "by-ef", Due = noon + Duration.FromDays(1), NextTry = noon });
            await context.SaveChangesAsync();
        });
        await Should.ThrowAsync<FormatException>(store.Database.Commit(async unit =>
        {
            await using var context = unit.Use<Timers>(options => new Timers(options));
            context.Add(new SetTimer { Kind = "reminder", Key = "gone", Due = noon, NextTry = noon });
            await context.SaveChangesAsync();
            throw new FormatException();
        }));
        var found = await store.Database.Read(async session =>
        {
            await using var context = session.Use<Timers>(options => new Timers(options));
            return await context.All.AsNoTracking().Where(t => t.Due >= noon).OrderByDescending(t => t.Due).Select(t => t.Key).ToListAsync();
        });
        found.ShouldBe(["by-ef", "by-hand"]);
    }

    [Theory, BothDatabases]
    public async Task A_key_taken_twice_through_ef_is_a_conflict_too(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.SetTimer("reminder", "case", noon));
        await Should.ThrowAsync<StoreConflictException>(store.Database.Commit(async unit =>
        {
            await using var context = unit.Use<Timers>(options => new Timers(options));
            context.Add(new SetTimer { Kind = "reminder", Key = "case", Due = noon, NextTry = noon });
            await context.SaveChangesAsync();
        }));
    }

    [Fact]
    public void Names_of_columns_are_in_snake_case() =>
        new[] { "NextTry", "Id", "BodyHash", "CaseURL", "UPRN" }.Select(EfSession.SnakeCase).ShouldBe(["next_try", "id", "body_hash", "case_url", "uprn"]);

    private sealed class SetTimer
    {
        public required string Kind { get; init; }
        public required string Key { get; init; }
        public Instant Due { get; init; }
        public Instant NextTry { get; init; }
        public int Attempts { get; init; }
    }

    private sealed class Timers(DbContextOptions<Timers> options) : DbContext(options)
    {
        public DbSet<SetTimer> All => Set<SetTimer>();

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.AddStoreTypes(this);

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<SetTimer>().ToTable("timer").HasKey(t => new { t.Kind, t.Key });
            modelBuilder.UseSnakeCase();
        }
    }
}
