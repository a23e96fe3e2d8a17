using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Moothall.Store.Statements;
using SQLitePCL;

namespace Moothall.Store.Sqlite;

/// <summary>
/// Brings pages from the log of the file to their places beside the writer, so that nobody who commits waits for it. Only the last few, which came while
/// the others were brought, are brought by the writer itself between two batches: then the log begins again from its start.
/// How SQLite does it: https://www.sqlite.org/wal.html#ckpt
/// </summary>
internal sealed unsafe class SqliteCheckpoint : IDisposable
{
    // Pages gather in the log (4 MB of them) before they are brought to their places, because many are written again soon. With four times as many the disk is
    // busy with them for so long that whoever commits meanwhile waits for twenty milliseconds.
    private const int Often = 1_000;
    // So many left are a matter of two or three milliseconds.
    private const int Few = 250;
    // Where the other thread gets no time, the writer does it itself, as otherwise the log grew without end.
    private const int Most = 20_000;
    private const int Passive = 0;

    private readonly SqliteFile file;
    private readonly int* pages = (int*)NativeMemory.AllocZeroed(sizeof(int));
    private readonly AutoResetEvent wanted = new(false);
    private readonly Thread thread;
    private volatile bool isRunning, isAlmostDone, isOver;

    public SqliteCheckpoint(SqliteFile file)
    {
        this.file = file;
        thread = new Thread(Run) { IsBackground = true, Name = "Moothall pages" };
        thread.Start();
    }

    /// <summary>Has a connection count the pages of its log here, in place of SQLite's own checkpoints.</summary>
    public void Attach(SqliteConnection writer) => _ = SqliteNative.WalHook(writer.Handle!.DangerousGetHandle(), &Count, (nint)pages);

    /// <summary>Looks, after a commit, whether the log is long: on the thread of the writer, outside any transaction.</summary>
    public void AfterCommit(SqliteConnection writer)
    {
        if (*pages < Often || isRunning) return;
        if (isAlmostDone || *pages >= Most)
        {
            isAlmostDone = false;
            _ = raw.sqlite3_wal_checkpoint_v2(writer.Handle, null, Passive, out _, out _);
            return;
        }
        isRunning = true;
        wanted.Set();
    }

    public void Dispose()
    {
        isOver = true;
        wanted.Set();
        thread.Join();
        wanted.Dispose();
        NativeMemory.Free(pages);
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        while (wanted.WaitOne() && !isOver)
        {
            try
            {
                connection ??= file.OpenWriter();
                for (var (left, before) = (int.MaxValue, int.MaxValue); left > Few && !isOver; before = left)
                {
                    // A full disk or a lock is met by the writer too, which says so; here it is tried again after the next commit.
                    if (raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, Passive, out var all, out var brought) != raw.SQLITE_OK) break;
                    // SQLite waits for the disk only after the last page: then the writer, who brings that one, would wait for all of them.
                    if (OpenFile.Sync(OpenFile.Main(connection)) != raw.SQLITE_OK) break;
                    left = all - brought;
                    if (left >= before) break;
                }
            }
            catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
            {
                // The writer meets it too and says so; nothing that is thrown may leave this thread, or the program ended.
                connection?.Dispose();
                connection = null;
            }
            isAlmostDone = true;
            isRunning = false;
        }
        connection?.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Count(nint count, nint database, byte* name, int pages)
    {
        *(int*)count = pages;
        return 0;
    }
}
