using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Cases;

/// <summary>Where a case lies, for a map: the spot that was given, or the middle of the street or place that was named.</summary>
/// <param name="IsExact">Whether the spot itself was given.</param>
/// <param name="Ward">The ward it lies in; null where that is not known.</param>
public sealed record PlaceOfCase(double Latitude, double Longitude, bool IsExact, Ward? Ward)
{
    /// <summary>The place of the first answer that is one; null where none is known to a point. Pure.</summary>
    public static PlaceOfCase? Of(CaseFile file, Places places)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(places);
        foreach (var question in file.AnswersDefinition.Ask)
        {
            var (found, exact) = file.Answers[question.Name] switch
            {
                LocationAnswer { Latitude: { } latitude, Longitude: { } longitude } at => (places.Locate(at) ?? new PlaceFound("", null, latitude, longitude), true),
                LocationAnswer words => (places.Locate(words), false),
                AddressAnswer address => (places.Locate(address), false),
                _ => (null, false),
            };
            if (found is { Latitude: { } north, Longitude: { } east }) return new PlaceOfCase(north, east, exact, places.Ward(found.Ward));
        }
        return null;
    }
}
