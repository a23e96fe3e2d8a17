using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>Wards, places and roads of the council, to find whose a location is and what lies there.</summary>
public sealed partial class Places : ILookUps
{
    /// <summary>Where a location lies: by coordinates, else by postcode, street and town named in its words; null when nothing is recognised.</summary>
    public PlaceFound? Locate(LocationAnswer location) => throw new NotImplementedException();
    public string? Find(string table, Answer answer) => throw new NotImplementedException();
    public IReadOnlyList<string>? ValuesOf(string table) => throw new NotImplementedException();
}
