using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Moothall.Store.Statements;

namespace Moothall.Store.Sqlite;

/// <summary>
/// A file that SQLite has open, as it describes it to those that extend it: https://www.sqlite.org/c3ref/file.html. Results are SQLite's codes, 0 when it was done.
/// </summary>
internal unsafe struct OpenFile
{
    // https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html and https://www.sqlite.org/c3ref/c_sync_dataonly.html
    private const int FilePointer = 7, JournalPointer = 28, SyncNormal = 2;

    public Operations* Does;

    /// <summary>The file itself of a connection that is open.</summary>
    public static OpenFile* Main(SqliteConnection connection) => Find(connection, FilePointer);

    /// <summary>The log that this connection writes; null when it has not read anything yet and SQLite has not opened it.</summary>
    public static OpenFile* Log(SqliteConnection connection) => Find(connection, JournalPointer);

    /// <summary>Waits until what was written to this file is on the disk.</summary>
    public static int Sync(OpenFile* file) => file->Does->Sync(file, SyncNormal);

    private static OpenFile* Find(SqliteConnection connection, int which)
    {
        OpenFile* file = null;
        return SqliteNative.FileControl(connection.Handle!.DangerousGetHandle(), null, which, &file) == 0 && file is not null && file->Does is not null ? file : null;
    }

    /// <summary>What can be done with it: https://www.sqlite.org/c3ref/io_methods.html, version 3 of the table.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Operations
    {
        public int Version;
        public nint Close;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
        public nint Lock, Unlock, CheckReservedLock, FileControl, SectorSize, DeviceCharacteristics;
        public nint ShmMap, ShmLock, ShmBarrier, ShmUnmap, Fetch, Unfetch;
    }
}
