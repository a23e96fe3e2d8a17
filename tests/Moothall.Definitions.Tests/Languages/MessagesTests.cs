namespace Moothall.Definitions.Tests.Languages;

/// <summary>
/// Holds the list of messages to the source and the languages to the list. `bin/messages` runs it with MOOTHALL_WRITE_MESSAGES=1, which writes both anew.
/// </summary>
public sealed class MessagesTests
{
    static readonly string Root = ReferencePage.Root;
    static readonly string Languages = Path.Combine(Root, "languages");
    static readonly Lazy<(IReadOnlyList<SourceMessages.Found> Messages, IReadOnlyList<string> Faults)> Source = new(() => SourceMessages.Of(Root));


    [Fact]
    public void A_message_is_a_literal_so_that_it_can_be_translated() => Source.Value.Faults.ShouldBeEmpty();

    [Fact]
    public void Every_message_is_in_the_format() => Source.Value.Messages.ShouldAllBe(m => MessagePattern.Parse(m.English) != null);

    [Fact]
    public void The_list_of_messages_is_that_of_the_source()
    {
        var path = Path.Combine(Languages, "messages.pot");
        var expected = MessageFiles.Template(Source.Value.Messages);
        if (Environment.GetEnvironmentVariable("MOOTHALL_WRITE_MESSAGES") == "1")
        {
            File.WriteAllText(path, expected);
            foreach (var language in Directory.EnumerateDirectories(Languages)) MessageFiles.Complete(language, Source.Value.Messages);
        }
        (File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "").ShouldBe(expected, "Run bin/messages: it writes the list anew.");
    }

    [Fact]
    public void A_language_translates_what_the_source_says_and_nothing_else()
    {
        var known = Source.Value.Messages.Select(m => m.English).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Languages, "*.po", SearchOption.AllDirectories))
            PoFile.Read(file, File.ReadAllText(file)).Where(e => e.English.Length > 0 && !known.Contains(e.English)).Select(e => $"{file}:{e.Line}: {e.English}").ShouldBeEmpty("Run bin/messages: it takes them out.");
    }

    [Fact]
    public void Welsh_has_words_for_every_message()
    {
        var said = Directory.EnumerateFiles(Path.Combine(Languages, "cy"), "*.po").SelectMany(f => PoFile.Read(f, File.ReadAllText(f))).Where(e => e.Translation.Length > 0).Select(e => e.English).ToHashSet(StringComparer.Ordinal);
        Source.Value.Messages.Select(m => m.English).Where(m => !said.Contains(m)).ShouldBeEmpty("Run bin/messages, and write the Welsh into languages/cy.");
    }

    [Fact]
    public void A_Welsh_message_has_the_fields_of_the_English_one()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Languages, "cy"), "*.po"))
            foreach (var entry in PoFile.Read(file, File.ReadAllText(file)).Where(e => e.Translation.Length > 0 && e.English.Length > 0))
                MessagePattern.Parse(entry.Translation).Names.Order().ShouldBe(MessagePattern.Parse(entry.English).Names.Order(), $"{file}:{entry.Line}: {entry.English}");
    }
}
