using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

namespace Moothall.Council;

/// <summary>A ward: the smallest piece of a council that figures are given for. Its shape is in degrees, longitude before latitude.</summary>
public sealed record Ward(string Code, string Name, string Authority, Geometry Shape);

/// <summary>
/// Finds the ward that a point lies in. Borders in council files are simplified, so a point in a crack between two wards, or a few steps
/// outside the outermost, belongs to the nearest.
/// </summary>
sealed class WardMap
{
    /// <summary>About 150 metres in England.</summary>
    const double Nearby = 0.0015;

    readonly STRtree<Piece> tree = new();
    readonly bool isEmpty;

    sealed record Piece(Ward Ward, IPreparedGeometry Shape);

    public WardMap(IReadOnlyList<Ward> wards)
    {
        isEmpty = wards.Count == 0;
        foreach (var ward in wards)
        {
            var shape = PreparedGeometryFactory.Prepare(ward.Shape);
            shape.Intersects(ward.Shape.Factory.CreatePoint(ward.Shape.EnvelopeInternal.Centre));   // builds its index now: building on first use is not safe between threads
            tree.Insert(ward.Shape.EnvelopeInternal, new(ward, shape));
        }
        tree.Build();
    }

    /// <summary>The wards that a rectangle touches.</summary>
    public IReadOnlyList<Ward> In(Envelope rectangle) => isEmpty ? [] : [.. tree.Query(rectangle).Select(piece => piece.Ward)];

    /// <summary>The ward at a point, or null when it lies in none.</summary>
    public Ward? At(double latitude, double longitude)
    {
        if (isEmpty || !double.IsFinite(latitude) || !double.IsFinite(longitude))
            return null;
        var point = GeometryFactory.Default.CreatePoint(new Coordinate(longitude, latitude));
        var around = new Envelope(point.Coordinate);
        foreach (var piece in tree.Query(around))
            if (piece.Shape.Intersects(point))
                return piece.Ward;
        around.ExpandBy(Nearby);
        return tree.Query(around).Select(piece => (piece.Ward, Far: piece.Ward.Shape.Distance(point)))
            .Where(near => near.Far <= Nearby).OrderBy(near => near.Far).Select(near => near.Ward).FirstOrDefault();
    }
}
