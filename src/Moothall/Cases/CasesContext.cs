using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>The cases as the desk's lists query them. Only read; writing is by hand in <see cref="CaseRows"/>.</summary>
public sealed class CasesContext(DbContextOptions<CasesContext> options) : DbContext(options)
{
    public DbSet<CaseRow> Cases => Set<CaseRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<CaseRow>().ToTable("council_case").HasKey(c => c.Number);
        modelBuilder.UseSnakeCase();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.AddStoreTypes(this);
}

/// <summary>A row of `council_case`.</summary>
public sealed class CaseRow
{
    public long Number { get; init; }
    public required string Reference { get; init; }
    public required string Service { get; init; }
    public int DefinitionVersion { get; init; }
    public required string Authority { get; init; }
    public required string Team { get; init; }
    public required string Stage { get; init; }
    public required string Status { get; init; }
    public string? Outcome { get; init; }
    public required string Channel { get; init; }
    public Instant Received { get; init; }
    public Instant? Closed { get; init; }
    public Instant? CloseBy { get; init; }
    public Instant? StageDue { get; init; }
    public Instant Due { get; init; }
    public Instant? StoppedAt { get; init; }
    public string? Question { get; init; }
    public string? Assigned { get; init; }
    public required string Decided { get; init; }
    public int Version { get; init; }
    public int LinkNumber { get; init; }
    public bool Imported { get; init; }

    public CouncilCase ToCase() => new()
    {
        Reference = Reference, Service = Service, DefinitionVersion = DefinitionVersion, Authority = Authority, Team = Team, Stage = Stage, Outcome = Outcome, Channel = Channel,
        Received = Received, Closed = Closed, CloseBy = CloseBy, StageDue = StageDue, StoppedAt = StoppedAt, Question = Question, Assigned = Assigned,
        Decided = JsonSerializer.Deserialize<Dictionary<string, string>>(Decided)!, Version = Version, LinkNumber = LinkNumber, Imported = Imported, IsErased = Status == EraseCase.Status,
    };
}
