namespace Moothall.Store;

/// <summary>Which database holds the council: one file for one machine, or a cluster when several nodes serve.</summary>
public enum Dialect { Sqlite, Postgres }
