using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Moothall.Store.Statements;
using SQLitePCL;

namespace Moothall.Store.Sqlite;

/// <summary>
/// The log of the file as its writer writes it. SQLite writes each page of a commit in two pieces and then waits for the file with all that the system knows of
/// it; here the pieces of a commit are put together and written as one, and on Linux only its data is waited for (and its length, where that grew). What is
/// waited for is on the disk as before: a commit is seen by others and answered only after SQLite's own call to wait has come back.
/// </summary>
internal sealed unsafe partial class SqliteLog : IDisposable
{
    // Some thirty pages. On Unix SQLite writes less than 128 KiB with one call: seekAndWriteFd in https://sqlite.org/src/file/src/os_unix.c
    private const int Room = 120 * 1024;
    // SQLITE_IOERR_FSYNC: https://www.sqlite.org/rescode.html, and SQLITE_TXN_WRITE: https://www.sqlite.org/c3ref/c_txn_none.html
    private const int SyncFailed = 10 | (4 << 8), Writing = 2;

    private readonly State* state;
    private readonly SafeFileHandle? handle;

    /// <summary>With the file whose data is waited for; without one SQLite waits for its own.</summary>
    internal SqliteLog(SqliteConnection writer, SafeFileHandle? handle)
    {
        var log = OpenFile.Log(writer);
        this.handle = handle;
        state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
        state->Own = *log->Does;
        state->Original = log->Does;
        state->Own.Read = &Read;
        state->Own.Write = &Write;
        state->Own.Truncate = &Truncate;
        state->Own.FileSize = &FileSize;
        state->Own.Sync = &Sync;
        state->Database = writer.Handle!.DangerousGetHandle();
        state->Pieces = (byte*)NativeMemory.Alloc(Room);
        state->File = handle is null ? -1 : (int)handle.DangerousGetHandle();
        log->Does = &state->Own;
    }

    /// <summary>
    /// Takes the log of a connection that writes; the result is disposed after the connection. Null where another journal is kept, as in a file on a system
    /// without shared memory.
    /// </summary>
    public static SqliteLog? Of(SqliteConnection writer)
    {
        // SQLite opens the log with the first reading.
        _ = raw.sqlite3_exec(writer.Handle, "select 1 from sqlite_schema limit 1");
        if (OpenFile.Log(writer) is null) return null;
        // On other systems less than everything is not certain to reach the disk.
        if (!OperatingSystem.IsLinux()) return new SqliteLog(writer, null);
        var path = raw.sqlite3_db_filename(writer.Handle, "main").utf8_to_string() + "-wal";
        return new SqliteLog(writer, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>
    /// Drops what was not written: when a transaction begins, and before the connection is closed, that is of one which was rolled back, and where it lay another program may
    /// have written since.
    /// </summary>
    public void Forget() => state->Length = 0;

    public void Dispose()
    {
        handle?.Dispose();
        NativeMemory.Free(state->Pieces);
        NativeMemory.Free(state);
    }

    // What could not be written stays, and whatever SQLite does next in this transaction meets it: it never goes on as if it had been. Once the transaction was rolled back there is nothing to write.
    private static int Flush(OpenFile* file, State* state)
    {
        if (state->Length == 0) return 0;
        fixed (byte* main = "main"u8)
            if (SqliteNative.TransactionState(state->Database, main) != Writing)
            {
                state->Length = 0;
                return 0;
            }
        var code = state->Original->Write(file, state->Pieces, state->Length, state->At);
        if (code == 0) state->Length = 0;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* piece, int length, long at)
    {
        var state = (State*)file->Does;
        if (at != state->At + state->Length || state->Length + length > Room)
        {
            if (Flush(file, state) is not 0 and var code) return code;
            if (length > Room) return state->Original->Write(file, piece, length, at);
            state->At = at;
        }
        Buffer.MemoryCopy(piece, state->Pieces + state->Length, Room - state->Length, length);
        state->Length += length;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int how)
    {
        var state = (State*)file->Does;
        if (Flush(file, state) is not 0 and var code) return code;
        if (state->File < 0) return state->Original->Sync(file, how);
        return SyncData(state->File) == 0 ? 0 : SyncFailed;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(OpenFile* file, byte* bytes, int length, long at)
    {
        var state = (State*)file->Does;
        return Flush(file, state) is not 0 and var code ? code : state->Original->Read(file, bytes, length, at);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(OpenFile* file, long length)
    {
        var state = (State*)file->Does;
        return Flush(file, state) is not 0 and var code ? code : state->Original->Truncate(file, length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(OpenFile* file, long* length)
    {
        var state = (State*)file->Does;
        return Flush(file, state) is not 0 and var code ? code : state->Original->FileSize(file, length);
    }

    // https://man7.org/linux/man-pages/man2/fdatasync.2.html
    [LibraryImport("libc", EntryPoint = "fdatasync")]
    private static partial int SyncData(int file);

    // SQLite knows the table of what can be done only by its address: what belongs to it stands behind it.
    private struct State
    {
        public OpenFile.Operations Own;
        public OpenFile.Operations* Original;
        public nint Database;
        public byte* Pieces;
        public long At;
        public int Length;
        public int File;
    }
}
