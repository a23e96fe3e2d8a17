using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.ReadingFiles;

public class ServiceReaderTests
{
    static ServiceDefinition Read()
    {
        var reading = ServiceReader.Read("service.yaml", PotholeFile.Text);
        reading.Findings.ShouldBeEmpty();
        return reading.Definition!;
    }

    [Fact]
    public void The_example_is_read_without_a_finding()
    {
        var pothole = Read();
        pothole.Name.ShouldBe("report-a-pothole");
        pothole.Prefix.ShouldBe("POT");
        pothole.Kind.ShouldBe(ServiceKind.Report);
        pothole.Lgsl.ShouldBe(557);
        pothole.Hash.Length.ShouldBe(64);
        pothole.Ask.Select(q => (q.Name, q.Type.Name, q.Optional)).ShouldBe([
            ("where", "location", false), ("size", "choice", false), ("deep", "yes-no", false), ("photo", "file", true), ("you", "person", true)]);
    }

    [Fact]
    public void A_question_keeps_all_that_was_written()
    {
        var pothole = Read();
        pothole.FindQuestion("where")!.LookUps.ShouldBe(new Dictionary<string, string> { ["road"] = "roads" });
        pothole.FindQuestion("size")!.Options.Select(o => (o.Name, o.Label.English)).ShouldBe([("small", "Smaller than a dinner plate"), ("large", "Bigger than a dinner plate")]);
        pothole.FindQuestion("deep")!.When!.Text.ShouldBe("size is large");
        pothole.FindQuestion("photo")!.Accept.ShouldBe(["jpeg", "png"]);
    }

    [Fact]
    public void Decisions_keep_their_rows_in_order_with_otherwise_as_the_last()
    {
        var priority = Read().Decide.ShouldHaveSingleItem();
        priority.Rows.Select(r => (r.Value, r.When?.Text)).ShouldBe([("urgent", "size is large and deep"), ("routine", null)]);
    }

    [Fact]
    public void What_is_decided_is_called_by_its_label_and_by_its_name_where_none_is_written()
    {
        var plain = Read();
        var named = ServiceReader.Read("service.yaml", PotholeFile.With("    urgent: size is large and deep\n    routine: otherwise", """
                label:
                  en: How soon
                  cy: Pa mor fuan
                urgent:
                  when: size is large and deep
                  label:
                    en: at once
                    cy: ar unwaith
                routine: otherwise
            """));
        named.Findings.ShouldBeEmpty();
        var (what, value) = named.Definition!.InWords("priority", "urgent");
        (what.In("cy"), value.In("cy"), value.English).ShouldBe(("Pa mor fuan", "ar unwaith", "at once"));
        named.Definition.InWords("priority", "routine").Value.English.ShouldBe("routine");
        (plain.InWords("priority", "urgent").What.English, plain.InWords("priority", "urgent").Value.English).ShouldBe(("Priority", "urgent"));
        // A time may go by an answer; and an old case may keep what the definition no longer has.
        plain.InWords("size", "large").Value.English.ShouldBe("Bigger than a dinner plate");
        (plain.InWords("old-route", "by-hand").What.English, plain.InWords("old-route", "by-hand").Value.English).ShouldBe(("Old route", "by hand"));
        named.Definition.Decide[0].Rows.Select(r => (r.Value, r.When?.Text)).ShouldBe(plain.Decide[0].Rows.Select(r => (r.Value, r.When?.Text)));
    }

    [Fact]
    public void Work_keeps_stages_times_and_actions()
    {
        var work = Read().Work;
        work.CloseWithin!.Always.ShouldBe(new Period(10, PeriodUnit.WorkingDays));
        work.Stages.Select(s => (s.Name, s.Label.English)).ShouldBe([("triage", "Triage"), ("inspection", "Inspection"), ("repair", "Repair")]);
        var inspection = work.FindStage("inspection")!;
        inspection.Within!.By.ShouldBe("priority");
        inspection.Within.ByValue["urgent"].ShouldBe(new Period(2, PeriodUnit.WorkingHours));
        inspection.FindAction("no-defect")!.Close.ShouldBe("no-defect");
        inspection.FindAction("no-defect")!.Ask.ShouldBe(["finding"]);
    }

    [Fact]
    public void Tell_share_keep_and_measure_are_read()
    {
        var pothole = Read();
        pothole.Tell.Select(t => (t.On, t.Stage)).ShouldBe([("received", null), ("stage", "repair"), ("closed", null)]);
        pothole.Share.ShouldHaveSingleItem().When!.Text.ShouldBe("where.road is motorway");
        (pothole.Keep.For, pothole.Keep.After, pothole.Keep.Because).ShouldBe((new Period(6, PeriodUnit.Years), "closed", "public task"));
        pothole.Measure.Targets.ShouldBe(new Dictionary<string, decimal> { ["closed-in-time"] = 0.9m });
        pothole.Measure.CostPounds["phone"].ShouldBe(2.59m);
    }

    [Fact]
    public void Every_word_has_its_place()
    {
        var places = Read().Places;
        places["keep/personal/photo"].ToString().ShouldBe("service.yaml:105:26");
        places["work/stages/triage/actions/inspect/to"].ToString().ShouldBe("service.yaml:65:15");
        places["ask"].ToString().ShouldBe("service.yaml:9:1");
    }

    [Fact]
    public void Prose_may_stand_in_two_languages()
    {
        var text = PotholeFile.With("title: Report a pothole", "title:\n  en: Report a pothole\n  cy: Rhoi gwybod am dwll");
        ServiceReader.Read("service.yaml", text).Definition!.Title.In("cy").ShouldBe("Rhoi gwybod am dwll");
    }

    [Fact]
    public void Start_page_exits_limits_and_waiting_are_read()
    {
        var text = PotholeFile.With("ask:\n  where:", """
            keywords: [hole in the road, crater]
            start-page:
              who: Anyone who sees one.
              need:
                - where it is
                - how big it is
              danger: Ring 999 if someone is in danger.
            what-happens-next: We send somebody to look.
            exit:
              tiny:
                when: width < 2
                title: We only repair bigger holes
                text: Tell us again when it grows.
            ask:
              width:
                question: How wide is it?
                type: number
                at-least: 1
                at-most: 1,000
              seen:
                question: When did you see it?
                type: date
                at-least: today - 30 days
                at-most: today
              where:
            """.ReplaceLineEndings("\n")).Replace("    repair:\n      actions:", "    repair:\n      label: Being mended\n      shown-as: We are mending it\n      waiting-for: resident\n      actions:", StringComparison.Ordinal);
        var reading = ServiceReader.Read("service.yaml", text);
        reading.Findings.ShouldBeEmpty();
        var read = reading.Definition!;
        read.Keywords.ShouldBe(["hole in the road", "crater"]);
        read.Start.Need.Select(n => n.English).ShouldBe(["where it is", "how big it is"]);
        read.Start.Danger!.English.ShouldBe("Ring 999 if someone is in danger.");
        read.Exits.ShouldHaveSingleItem().When.Text.ShouldBe("width < 2");
        read.FindQuestion("width")!.AtMost!.Number.ShouldBe(1000);
        read.FindQuestion("seen")!.AtLeast.ShouldBe(new Bound(null, null, true, -30));
        read.Work.FindStage("repair")!.WaitsForResident.ShouldBeTrue();
        read.Work.FindStage("repair")!.ShownAs!.English.ShouldBe("We are mending it");
    }

    [Fact]
    public void An_amount_limits_in_pence()
    {
        var text = PotholeFile.With("type: long-text", "type: money\n      at-least: £1,000.50");
        ServiceReader.Read("service.yaml", text).Definition!.Work.FindQuestion("finding")!.AtLeast!.Number.ShouldBe(100_050);
    }

    [Fact]
    public void All_that_is_missing_from_a_nearly_empty_file_is_said_at_once()
    {
        var findings = ServiceReader.Read("service.yaml", "service: x\n").Findings.Proved("service: x").Select(f => f.Message).ToList();
        findings.Count.ShouldBe(8);
        findings.ShouldContain("this file has no `prefix`; add it, for example `prefix: POT`");
    }

    [Fact]
    public void A_sentence_is_read_with_its_place() =>
        PotholeFile.FindingsWith("when: size is large", "when: sise is large").ShouldHaveSingleItem().ShouldStartWith("service.yaml:23:11: error: ");

    [Fact]
    public void A_sentence_in_quotes_counts_columns_from_its_first_letter() =>
        PotholeFile.FindingsWith("when: size is large", "when: \"sise is large\"").ShouldHaveSingleItem().ShouldStartWith("service.yaml:23:12: error: ");
}
