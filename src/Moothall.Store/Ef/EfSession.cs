using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Moothall.Store.Statements;
using NodaTime;
using NodaTime.Text;
using Npgsql;

namespace Moothall.Store;

/// <summary>EF inside a session or unit: it joins the connection and the transaction, and never commits by itself.</summary>
public static class EfSession
{
    /// <summary>A context on the session's connection. Dispose it before the session ends; in a unit SaveChanges writes into the unit.</summary>
    public static TContext Use<TContext>(this Session session, Func<DbContextOptions<TContext>, TContext> make) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(make);
        var options = new DbContextOptionsBuilder<TContext>();
        if (session.Connection is SqliteConnection) options.UseSqlite(session.Connection);
        else options.UseNpgsql((NpgsqlConnection)session.Connection);
        var context = make(options.Options);
        if (session.Transaction is not null) context.Database.UseTransaction(session.Transaction);
        return context;
    }

    /// <summary>To be called in ConfigureConventions: keeps times and dates of NodaTime as the store does.</summary>
    public static void AddStoreTypes(this ModelConfigurationBuilder builder, DbContext context)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Database.IsSqlite())
        {
            builder.Properties<Instant>().HaveConversion<InstantAsText>();
            builder.Properties<LocalDate>().HaveConversion<DateAsText>();
        }
        else
        {
            builder.Properties<Instant>().HaveConversion<InstantAsTime>();
            builder.Properties<LocalDate>().HaveConversion<DateAsDate>();
        }
    }

    /// <summary>To be called last in OnModelCreating: columns in snake_case, as the schema scripts write them. Tables are named by hand.</summary>
    public static void UseSnakeCase(this ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var entity in builder.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
    }

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    private sealed class InstantAsText() : ValueConverter<Instant, string>(at => StoredTime.Write(at), text => StoredTime.Read(text));
    private sealed class InstantAsTime() : ValueConverter<Instant, DateTime>(at => StoredTime.Kept(at).ToDateTimeUtc(), time => Instant.FromDateTimeUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc)));
    private sealed class DateAsText() : ValueConverter<LocalDate, string>(date => LocalDatePattern.Iso.Format(date), text => LocalDatePattern.Iso.Parse(text).Value);
    private sealed class DateAsDate() : ValueConverter<LocalDate, DateOnly>(date => date.ToDateOnly(), date => LocalDate.FromDateOnly(date));
}
