using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Moothall.Store.Backups;

/// <summary>
/// Gives a file that is whole and on the disk its name, and puts the name on the disk too: without that a power cut may leave the folder as it was
/// (fsync(2), "Calling fsync() does not necessarily ensure that the entry in the directory containing the file has also reached disk").
/// </summary>
internal static class WholeFile
{
    private const int ReadOnly = 0;

    /// <summary>Renames; never over another file.</summary>
    public static void Name(string partial, string file)
    {
        File.Move(partial, file, overwrite: false);
        if (OperatingSystem.IsWindows()) return;
        using var folder = Open(Encoding.UTF8.GetBytes(Path.GetDirectoryName(Path.GetFullPath(file))! + "\0"), ReadOnly);
        if (folder.IsInvalid) throw new IOException($"The folder of “{file}” cannot be opened, so it is not sure that the name is on the disk (error {Marshal.GetLastPInvokeError()}).");
        RandomAccess.FlushToDisk(folder);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open(byte[] path, int flags);
}
