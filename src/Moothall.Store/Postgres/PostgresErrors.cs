using Moothall.Store.Backups;
using Npgsql;

namespace Moothall.Store.Postgres;

/// <summary>What an error of PostgreSQL means to the council. Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html</summary>
internal static class PostgresErrors
{
    public static Exception Read(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
            switch (inner)
            {
                case PostgresException postgres:
                    return Meaning(postgres) ?? error;
                case NpgsqlException { InnerException: TimeoutException } busy when busy.Message.Contains("pool", StringComparison.Ordinal):
                    return new StoreBusyException("All connections to the database are in use. Nothing was kept; try again in a moment.", error);
                case NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException unproved }:
                    return new StoreUnavailableException(new StoreWords("The database did not prove that it is the one that was named, so nothing was said to it: {trouble}. See that its certificate has that name and is from an authority that Root Certificate names.", ("trouble", unproved.Message.TrimEnd('.'))), error);
                case NpgsqlException lost when lost.InnerException is not PostgresException:
                    return new StoreUnavailableException(new StoreWords("The database does not answer: {trouble}.", ("trouble", lost.Message.TrimEnd('.'))), error);
            }
        return error;
    }

    private static Exception? Meaning(PostgresException error) => error.SqlState switch
    {
        MoveMark.SqlState => new StoreUnavailableException(MoveMark.ToldBy(error.MessageText) ?? error.MessageText, error),
        "23505" or "40001" or "40P01" => new StoreConflictException($"Somebody else was first: {error.MessageText}", error),
        "57014" or "55P03" => new StoreUnavailableException(new StoreWords("The database took too long: {trouble}. Nothing was kept; try again in a moment.", ("trouble", error.MessageText.TrimEnd('.'))), error),
        "25P03" => new StoreUnavailableException("A unit of work waited too long between two statements and was rolled back.", error),
        "53100" => new StoreUnavailableException("The disk of the database is full, so nothing more can be kept. Make room on it.", error),
        "53300" => new StoreBusyException("The database takes no more connections. Nothing was kept; try again in a moment.", error),
        "3D000" or "28000" or "28P01" => new StoreUnavailableException(new StoreWords("The database refuses the connection: {trouble}.", ("trouble", error.MessageText.TrimEnd('.'))), error),
        ['5', '3' or '8', ..] or ['0', '8', ..] or ['5', '7', 'P', ..] or "25006" => new StoreUnavailableException(new StoreWords("The database cannot answer: {trouble}.", ("trouble", error.MessageText.TrimEnd('.'))), error),
        _ => null,
    };
}
