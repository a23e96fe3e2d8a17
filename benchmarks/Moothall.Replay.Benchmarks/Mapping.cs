namespace Moothall.Benchmarks.Replaying;

/// <summary>Which of our services and channels stand for the types and sources of the rows. Los Angeles asks for other things than an English council, so some are only the nearest.</summary>
internal static class Mapping
{
    /// <summary>The service that stands for a type of request.</summary>
    public static string Service(string type) => type switch
    {
        // A large thing is fetched from a home by appointment: the same service.
        "Bulky Items" => "book-a-bulky-waste-collection",
        // Fridges, washing machines and cookers: two of the things our form lists.
        "Metal/Household Appliances" => "book-a-bulky-waste-collection",
        // Televisions and computers are fetched by the same lorry.
        "Electronic Waste" => "book-a-bulky-waste-collection",
        "Graffiti Removal" => "report-graffiti",
        "Illegal Dumping Pickup" => "report-fly-tipping",
        // What is asked of the street crew is to clear what was left on public land.
        "Homeless Encampment" => "report-fly-tipping",
        "Single Streetlight Issue" => "report-a-street-light",
        "Multiple Streetlight Issue" => "report-a-street-light",
        // A waste crew is sent to one address within days, by the shortest clock we have.
        "Dead Animal Removal" => "report-a-missed-bin",
        // Water that runs down a road is looked at by the inspector who looks at its surface.
        "Report Water Waste" => "report-a-pothole",
        "Feedback" => "make-a-complaint",
        // Whatever fits no other type is put in free words and answered in words.
        "Other" => "make-a-freedom-of-information-request",
        _ => throw new InvalidDataException($"The table of services does not know the type “{type}”."),
    };

    /// <summary>The channel that stands for a source.</summary>
    public static string Channel(string source) => source switch
    {
        "Call" => "phone",
        // A message left and a call that the council returns are both handled by telephone.
        "Voicemail" => "phone",
        "Queue Initiated Customer Call" => "phone",
        // The crew's own device sends it: a program.
        "Driver Self Report" => "api",
        // The app and the portal are used by the person alone; our pages are made for telephones too.
        "Mobile App" => "web",
        "Self Service" => "web",
        "Web Form" => "web",
        "Email" => "email",
        // Staff of a councillor fill the form in with the person.
        "Council's Office" => "assisted",
        // Paper that somebody types in.
        "Fax" => "post",
        "Walk-in" => "in-person",
        "Twitter" => "social",
        _ => throw new InvalidDataException($"The table of channels does not know the source “{source}”."),
    };

    public static bool IsDigital(string channel) => channel is "web" or "assisted" or "chat" or "api";

    /// <summary>Two rows in three lie in the first authority. A row's own number chooses, so each run is the same.</summary>
    public static string Authority(Request311 row) => row.Number / 8 % 3 == 0 ? "mercia" : "wessex";
}
