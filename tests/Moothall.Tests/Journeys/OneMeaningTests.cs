using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Testing;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

/// <summary>
/// For services and people made at random: in whatever order somebody answers and changes their mind, rows and all, the journey ends as that of somebody who gave the same answers from the
/// start, on a form of one page or by a program. The same over real HTTP is in the tests of the pages.
/// </summary>
public class OneMeaningTests
{
    static readonly LocalDate Today = new(2026, 11, 18);
    static readonly Instant Now = Instant.FromUtc(2026, 11, 18, 10, 30);
    static readonly int Most = 100 * (int.TryParse(Environment.GetEnvironmentVariable("MOOTHALL_TEST_FORMS"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 4);

    static readonly ReadingContext Reading = new() { Today = Today, File = id => new KnownFile(id, id, id.Split('.')[^1], 100) };

    [Fact]
    public void In_whatever_order_answers_are_given_and_changed_they_mean_what_they_mean_from_the_start() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), MeansTheSame).Check(Config.QuickThrowOnFailure.WithMaxTest(Most));

    static void MeansTheSame(int seed)
    {
        var text = RandomForm.Text("apply-for-anything", "ANY", seed);
        var definition = ServiceReader.Read("service.yaml", text) is { Definition: { } read } ? read : throw new InvalidDataException(string.Join('\n', ServiceReader.Read("service.yaml", text).Findings) + text);
        var journey = new Wandering(definition, seed);
        try
        {
            journey.Wander();
            journey.Finish();
            var (kept, exit) = (journey.Walk.OnPath, journey.Walk.Exit);
            var stored = (JsonObject)JsonNode.Parse(AnswersJson.Write(definition, journey.Answers))!;
            // Somebody with a list of sections may come to an end before the sections above it are filled in.
            var early = exit is not null && definition.TaskList;
            using var json = JsonDocument.Parse((early ? new RandomPerson(seed, Today).Whole(definition.Ask, stored) : stored).ToJsonString());
            Same(AnswersReader.ReadAll(definition, json.RootElement, Reading, Today));
            if (!early) Same(AnswersReader.ReadAllForm(definition, new Fields(definition, journey.Answers), Reading, Today));

            void Same((Answers Answers, IReadOnlyList<Fault> Faults) all)
            {
                all.Faults.ShouldBeEmpty();
                var walk = Journey.Walk(definition, all.Answers, Today);
                (walk.Exit, walk.IsComplete).ShouldBe((exit, exit is null));
                if (!early) AnswersJson.Write(definition, all.Answers).ShouldBe(AnswersJson.Write(definition, kept));
            }
        }
        catch (Exception trouble) when (trouble is not OutOfMemoryException)
        {
            throw new ShouldAssertException($"seed {seed}: {trouble.Message}\n{text}\n{AnswersJson.Write(definition, journey.Answers)}", trouble);
        }
    }

    /// <summary>A form of one page as a browser would send it with these answers.</summary>
    sealed class Fields(ServiceDefinition definition, Answers answers) : IFormFields
    {
        readonly Dictionary<string, IReadOnlyList<string>> values = definition.Ask.Where(q => answers[q.Name] is not null and not SkippedAnswer)
            .SelectMany(q => q.Type.ToFields(q, answers[q.Name]!)).ToDictionary(f => f.Key, f => f.Value);

        public IReadOnlyList<string> Values(string field) => values.GetValueOrDefault(field) ?? [];
    }

    /// <summary>Somebody who answers whatever page they may come to, again and again.</summary>
    sealed class Wandering(ServiceDefinition definition, int seed)
    {
        static readonly NewJourney FrontDoor = new("wessex", "web", "en", null);
        readonly Random random = new(seed);
        readonly RandomPerson person = new(seed, Today);
        readonly PublishedService published = new(definition, 1);
        Draft? draft;
        int mind;

        public Answers Answers { get; private set; } = Answers.None;
        public Walk Walk { get; private set; } = Journey.Walk(definition, Answers.None, Today);

        public void Wander()
        {
            for (var steps = random.Next(40); steps > 0; steps--)
            {
                mind++;
                var there = definition.Ask.Where(q => Walk.MayVisit(q.Name)).ToList();
                var question = there[random.Next(there.Count)];
                if (!question.IsGroup) Answer(question);
                else Change(question, []);
            }
        }

        /// <summary>Answers what is open, until nothing is, or an end is reached.</summary>
        public void Finish()
        {
            for (var turns = 0; Walk.Next is { } next; turns++)
            {
                turns.ShouldBeLessThan(200, $"{next.Name} stays open");
                if (!next.IsGroup) Answer(next);
                else Complete(next);
            }
        }

        void Answer(Question question)
        {
            IReadOnlyList<Question> asked = question.Page is { } page ? Stops.AskedOn(definition, page, Walk, Today)! : [question];
            // Whichever comes first on its page.
            var given = asked.Select(q => new GivenAnswer(q.Name, Right(q, q.Name))).OrderBy(_ => random.Next()).ToList();
            Save(new SaveAnswer(draft?.Id, published, given[0].Question, given[0].Answer, FrontDoor) { Beside = given[1..] });
        }

        Answer Right(Question question, string place)
        {
            var json = person.Right(question, place, mind);
            return question.Type.ReadJson(question, JsonSerializer.SerializeToElement(json), Reading) is { Answer: { } answer } ? answer
                : throw new InvalidOperationException($"{json?.ToJsonString()} is no right answer to {question.Name}");
        }

        void Save(SaveAnswer command)
        {
            var saved = AnswerSaving.Decide(command, draft, definition, Now, Today);
            saved.Refusal.ShouldBeNull(command.ToString());
            (draft, Answers, Walk) = (saved.Value!.Draft, saved.Value.Answers, saved.Value.Walk);
            AnswersJson.Read(definition, draft.AnswersJson).ShouldBe(Answers, "what is stored is what was said");
        }

        int Count(IReadOnlyList<RowNumber> around, Question group) => Rows.CountOf(Rows.Of(Answers, around), group);

        List<RowAt> At(IReadOnlyList<RowNumber> rows) => [.. rows.Select((row, i) => new RowAt(row.Group.Name, row.Number, Count([.. rows.Take(i)], row.Group)))];

        void Write(IReadOnlyList<RowNumber> rows, IReadOnlyList<GivenAnswer> given) =>
            Save(new SaveAnswer(draft?.Id, published, rows[0].Group.Name, null, FrontDoor) { Row = new RowChange(At(rows), given) });

        /// <summary>Adds a row, removes one, or changes something in one.</summary>
        void Change(Question group, IReadOnlyList<RowNumber> around)
        {
            var count = Count(around, group);
            var number = random.Next(1, Math.Min(count + 1, group.MostRows) + 1);
            IReadOnlyList<RowNumber> rows = [.. around, new RowNumber(group, number)];
            if (number <= count && random.Next(4) == 0)
            {
                Write(rows, []);
                return;
            }
            var pages = group.RowPages();
            var question = pages[random.Next(pages.Count)][0];
            AnswerInRow(new RowPlace(rows, question));
        }

        void AnswerInRow(RowPlace place)
        {
            var asked = Rows.AskedOn(definition, Walk, Answers, place, Today);
            if (asked.Count == 0) return;
            if (asked[0].IsGroup) Change(asked[0], place.Rows);
            else Write(place.Rows, [.. asked.Select(q => new GivenAnswer(q.Name, Right(q, place.Path + q.Name)))]);
        }

        /// <summary>Answers what is open in the rows of a group, adds what is too few, or says that there is nothing to add.</summary>
        void Complete(Question group)
        {
            IReadOnlyList<RowNumber> around = [];
            while (true)
            {
                var count = Count(around, group);
                var open = Enumerable.Range(1, count).Select(n => (Number: n, Rows.Walk(definition, Walk, Answers, [.. around, new RowNumber(group, n)], Today).Next)).FirstOrDefault(row => row.Next is not null);
                if (open.Next is { IsGroup: true } inside)
                {
                    (around, group) = ([.. around, new RowNumber(group, open.Number)], inside);
                    continue;
                }
                if (open.Next is { } question) AnswerInRow(new RowPlace([.. around, new RowNumber(group, open.Number)], group.RowPages().First(p => p.Contains(question))[0]));
                else if (count == 0 && group.Optional)
                {
                    var nothing = new GivenAnswer(group.Name, SkippedAnswer.Value);
                    if (around.Count == 0) Save(new SaveAnswer(draft?.Id, published, group.Name, nothing.Answer, FrontDoor));
                    else Write(around, [nothing]);
                }
                else AnswerInRow(new RowPlace([.. around, new RowNumber(group, count + 1)], group.Inside[0]));
                return;
            }
        }
    }
}
