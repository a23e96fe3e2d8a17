namespace Moothall.Store;

/// <summary>A stored file as a stream that can be read from any place; holds one chunk at a time and no connection between reads.</summary>
internal sealed class ChunkStream(Database database, StoredFile file) : Stream
{
    private byte[] chunk = [];
    private long chunkNumber = -1;
    private long position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => file.Bytes;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= file.Bytes || buffer.IsEmpty) return 0;
        var number = position / FileStore.ChunkBytes;
        if (number != chunkNumber)
        {
            chunk = await database.Read(session => session.First($"select data from file_chunk where file = {file.Id} and number = {(int)number}", row => row.Bytes(0)), cancellationToken)
                ?? throw new IOException($"The file {file.Id} was erased while it was read.");
            chunkNumber = number;
        }
        var from = (int)(position % FileStore.ChunkBytes);
        var count = Math.Min(buffer.Length, chunk.Length - from);
        chunk.AsMemory(from, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => file.Bytes + offset,
    };

    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException("A stored file cannot be changed.");
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored file cannot be changed.");
}
