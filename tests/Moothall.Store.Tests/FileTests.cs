using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class FileTests
{
    [Theory, BothDatabases]
    public async Task A_file_comes_back_byte_for_byte(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        foreach (var size in new[] { 0, 1, FileStore.ChunkBytes, FileStore.ChunkBytes + 1, 1_000_000 })
        {
            var content = new byte[size];
            Random.Shared.NextBytes(content);
            var file = await store.Database.Commit(unit => FileStore.Add(unit, FileStore.NewId(), null, "photo.jpg", "image/jpeg", content));
            file.Bytes.ShouldBe(size);
            await using var stream = (await FileStore.Open(store.Database, file.Id))!;
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            copy.ToArray().ShouldBe(content);
            if (size < 10) continue;
            stream.Seek(-5, SeekOrigin.End);
            var end = new byte[5];
            await stream.ReadExactlyAsync(end);
            end.ShouldBe(content[^5..]);
        }
        (await FileStore.Open(store.Database, "none")).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_file_has_one_owner_and_unused_ones_go(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        foreach (var id in new[] { "a", "b", "c" }) await store.Database.Commit(unit => FileStore.Add(unit, id, null, "n", "text/plain", new byte[10]));
        (await store.Database.Commit(unit => FileStore.GiveTo(unit, ["a", "b"], "case-1"))).ShouldBeTrue();
        (await store.Database.Commit(unit => FileStore.GiveTo(unit, ["a"], "case-1"))).ShouldBeTrue();
        (await store.Database.Commit(unit => FileStore.GiveTo(unit, ["a", "c"], "case-2"))).ShouldBeFalse();
        (await store.Database.Commit(unit => FileStore.GiveTo(unit, ["missing"], "case-2"))).ShouldBeFalse();
        var tomorrow = await store.Database.Now() + Duration.FromDays(1);
        (await store.Database.Read(s => FileStore.Unused(s, tomorrow, "", 10))).ShouldHaveSingleItem().Id.ShouldBe("c");
        (await store.Database.Read(s => FileStore.Unused(s, tomorrow, "c", 10))).ShouldBeEmpty();
        (await store.Database.Read(s => FileStore.Unused(s, tomorrow - Duration.FromDays(1) - Duration.FromHours(1), "", 10))).ShouldBeEmpty();
        (await store.Database.Commit(unit => FileStore.DeleteUnused(unit, "a"))).ShouldBe(0, "something uses it");
        await store.Database.Commit(unit => unit.Execute($"update file set created = {tomorrow - Duration.FromHours(49)} where id = 'c'"));
        (await store.Database.Commit(unit => FileStore.GiveTo(unit, ["c"], "case-2"))).ShouldBeFalse("it waited longer than a day");
        (await store.Database.Commit(unit => FileStore.DeleteUnused(unit, "c"))).ShouldBe(1);
        (await store.Database.Commit(unit => FileStore.Delete(unit, ["a"]))).ShouldBe(1);
        (await store.Database.Read(s => FileStore.Find(s, ["a", "b", "c"]))).ShouldHaveSingleItem().Owner.ShouldBe("case-1");
        (await store.Database.Read(s => s.Number($"select count(*) from file_chunk"))).ShouldBe(1);
    }

    [Fact]
    public void Ids_of_files_cannot_be_guessed() => Enumerable.Range(0, 1_000).Select(_ => FileStore.NewId()).Distinct().Count(id => id.Length == 26).ShouldBe(1_000);
}
