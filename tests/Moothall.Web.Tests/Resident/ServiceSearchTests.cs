using Moothall.Definitions;
using Moothall.Journeys;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

public sealed class ServiceSearchTests
{
    static readonly IReadOnlyList<ServiceDefinition> Services = [.. ServiceFolder.Check([Path.Combine(RunningCouncil.Repository, "services")], null, new NodaTime.LocalDate(2026, 11, 18))
        .Select(f => f.Definition).OfType<ServiceDefinition>()];
    static readonly ServiceSearch Search = new(Services), InWelsh = new(Services, "cy");

    static IReadOnlyList<string> Find(string query) => [.. Search.Find(query).Select(s => s.Name)];

    [Theory]
    [InlineData("hole in road", "report-a-pothole")]
    [InlineData("road hole", "report-a-pothole")]
    [InlineData("there is a hole in my road", "report-a-pothole")]
    [InlineData("potholes", "report-a-pothole")]
    [InlineData("POT HOLE", "report-a-pothole")]
    [InlineData("streetlight", "report-a-street-light")]
    [InlineData("minicab driver", "apply-for-a-taxi-driver-licence")]
    [InlineData("renew my taxi badge", "apply-for-a-taxi-driver-licence")]
    [InlineData("pub licence", "apply-for-a-premises-licence")]
    [InlineData("sell alcohol", "apply-for-a-premises-licence")]
    [InlineData("council house waiting list", "join-the-housing-register")]
    [InlineData("duty to refer", "refer-someone-who-is-homeless")]
    [InlineData("change school", "apply-for-a-school-place")]
    [InlineData("reception place", "apply-for-a-school-place")]
    [InlineData("school bus", "apply-for-school-transport")]
    [InlineData("care assessment", "assess-your-care-needs")]
    [InlineData("help at home", "assess-your-care-needs")]
    [InlineData("street lamps", "report-a-street-light")]
    [InlineData("my bin was not collected", "report-a-missed-bin")]
    [InlineData("dumped rubbish", "report-fly-tipping")]
    [InlineData("flytipping", "report-fly-tipping")]
    [InlineData("fly tip", "report-fly-tipping")]
    [InlineData("freedom of information", "make-a-freedom-of-information-request")]
    [InlineData("foi", "make-a-freedom-of-information-request")]
    [InlineData("complaints", "make-a-complaint")]
    [InlineData("I want to complain about rude staff", "make-a-complaint")]
    [InlineData("old mattresses", "book-a-bulky-waste-collection")]
    [InlineData("pre-app", "ask-for-planning-advice")]
    [InlineData("do I need planning permission for an extension", "ask-for-planning-advice")]
    [InlineData("cut down a tree", "apply-for-tree-works")]
    [InlineData("tpo", "apply-for-tree-works")]
    [InlineData("close my street for a party", "apply-for-a-street-party")]
    [InlineData("rent an allotment", "join-the-allotment-waiting-list")]
    [InlineData("I live alone council tax", "apply-for-a-single-person-discount")]
    [InlineData("charity business rates", "apply-for-business-rates-relief")]
    [InlineData("my mother has died", "register-a-death")]
    [InlineData("death certificates", "register-a-death")]
    public void Finds_what_people_mean_whatever_the_order_and_number_of_their_words(string query, string service) => Find(query)[0].ShouldBe(service);

    [Theory]
    [InlineData("pothoel", "report-a-pothole")]
    [InlineData("potole", "report-a-pothole")]
    [InlineData("grafitti", "report-graffiti")]
    [InlineData("graffitti", "report-graffiti")]
    [InlineData("complaimt", "make-a-complaint")]
    [InlineData("matress", "book-a-bulky-waste-collection")]
    public void A_slip_in_a_long_word_is_forgiven(string query, string service) => Find(query)[0].ShouldBe(service);

    [Theory]
    [InlineData("twll", "report-a-pothole")]
    [InlineData("mae twll yn y ffordd", "report-a-pothole")]
    [InlineData("golau stryd", "report-a-street-light")]
    [InlineData("trwydded tacsi", "apply-for-a-taxi-driver-licence")]
    [InlineData("gwerthu alcohol", "apply-for-a-premises-licence")]
    [InlineData("tŷ cyngor", "join-the-housing-register")]
    [InlineData("cysgu allan", "refer-someone-who-is-homeless")]
    [InlineData("lle ysgol", "apply-for-a-school-place")]
    [InlineData("bws ysgol", "apply-for-school-transport")]
    [InlineData("asesiad gofal", "assess-your-care-needs")]
    [InlineData("swn", "report-noise")]
    [InlineData("bin heb ei wagio", "report-a-missed-bin")]
    [InlineData("hen soffa", "book-a-bulky-waste-collection")]
    [InlineData("cwyn", "make-a-complaint")]
    [InlineData("bathodyn glas", "apply-for-a-blue-badge")]
    [InlineData("prydau ysgol", "apply-for-free-school-meals")]
    [InlineData("tipio anghyfreithlon", "report-fly-tipping")]
    [InlineData("car wedi'i adael", "report-an-abandoned-vehicle")]
    [InlineData("dim dŵr poeth", "report-a-housing-repair")]
    [InlineData("symud tŷ", "tell-us-you-are-moving")]
    [InlineData("trwydded barcio", "apply-for-a-resident-parking-permit")]
    [InlineData("rhyddid gwybodaeth", "make-a-freedom-of-information-request")]
    [InlineData("gwastraff gardd", "subscribe-to-garden-waste")]
    [InlineData("graffiti", "report-graffiti")]
    [InlineData("caniatâd cynllunio", "ask-for-planning-advice")]
    [InlineData("torri coeden", "apply-for-tree-works")]
    [InlineData("parti stryd", "apply-for-a-street-party")]
    [InlineData("rhandir", "join-the-allotment-waiting-list")]
    [InlineData("byw ar fy mhen fy hun", "apply-for-a-single-person-discount")]
    [InlineData("ardrethi busnes", "apply-for-business-rates-relief")]
    [InlineData("cofrestru marwolaeth", "register-a-death")]
    public void Welsh_words_find_what_they_mean(string query, string service) => InWelsh.Find(query)[0].Name.ShouldBe(service);

    [Fact]
    public void A_slip_in_a_short_word_is_another_word() => Find("bim").ShouldBeEmpty();

    [Fact]
    public void A_title_that_says_it_stands_before_a_summary_that_does() => Find("waste collection")[0].ShouldBe("book-a-bulky-waste-collection");

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("the and of")]
    [InlineData("xyzzy")]
    [InlineData("report dragon")]
    [InlineData("'\"<script>%_\\")]
    [InlineData("\ud83d\udca9")]
    public void Words_that_no_service_answers_find_nothing(string query) => Find(query).ShouldBeEmpty();

    [Fact]
    public void A_word_that_most_services_share_finds_them_all() => Find("report").Count.ShouldBeGreaterThanOrEqualTo(5);

    [Theory]
    [InlineData("pothole", "pothole", true)]
    [InlineData("pothoel", "pothole", true)]
    [InlineData("pothol", "pothole", true)]
    [InlineData("potholes", "pothole", true)]
    [InlineData("pithole", "pothole", true)]
    [InlineData("pithule", "pothole", false)]
    [InlineData("pot", "pothole", false)]
    public void A_slip_is_one_letter_more_less_other_or_two_swapped(string one, string other, bool slip)
    {
        ServiceSearch.IsSlip(one, other).ShouldBe(slip);
        ServiceSearch.IsSlip(other, one).ShouldBe(slip);
    }
}
