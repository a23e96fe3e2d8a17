using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class OwnerOnlyTests
{
    [Fact]
    public async Task Nobody_else_on_the_machine_reads_the_files_of_a_council()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Path.Combine(Path.GetTempPath(), $"moothall-owner-{Guid.NewGuid():n}");
        await using (var database = Database.Sqlite(Path.Combine(folder, "moothall.db")))
        {
            await new SchemaRunner(database).Apply();
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            Directory.GetFiles(folder).Length.ShouldBeGreaterThan(1);
            foreach (var path in Directory.GetFiles(folder).Append(folder)) (File.GetUnixFileMode(path) & others).ShouldBe(UnixFileMode.None, path);
        }
        Directory.Delete(folder, recursive: true);
    }
}
