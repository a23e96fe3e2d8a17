using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace Moothall.Web.Design;

/// <summary>
/// A piece of the ground as a flat drawing: degrees become pixels of a frame, north up. Over a ward the ground is flat, so a degree of longitude is as
/// long everywhere as in the frame's middle. Pure.
/// </summary>
public sealed class MapFrame
{
    const double MetresADegree = 111_320;
    readonly double west, north, longitudeScale;

    MapFrame(double latitude, double longitude, double metresAcross, int width, int height)
    {
        (Width, Height) = (width, height);
        PixelsAMetre = width / metresAcross;
        longitudeScale = Math.Cos(latitude * Math.PI / 180);
        var (up, aside) = (height / 2.0 / PixelsAMetre / MetresADegree, metresAcross / 2 / MetresADegree / longitudeScale);
        (north, west) = (latitude + up, longitude - aside);
        Bounds = new Envelope(west, longitude + aside, latitude - up, north);
    }

    public int Width { get; }
    public int Height { get; }
    public double PixelsAMetre { get; }
    /// <summary>What the frame shows, in degrees.</summary>
    public Envelope Bounds { get; }

    /// <summary>So many metres around a point, from edge to edge of the narrower side.</summary>
    public static MapFrame Around(double latitude, double longitude, double metres, int width, int height) =>
        new(latitude, longitude, metres * Math.Max(1, (double)width / height), width, height);

    /// <summary>All of a rectangle in degrees, and a point, with a margin.</summary>
    public static MapFrame Fit(Envelope all, double latitude, double longitude, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(all);
        var whole = all.Copy();
        whole.ExpandToInclude(longitude, latitude);
        var middle = whole.Centre;
        var (across, up) = (whole.Width * MetresADegree * Math.Cos(middle.Y * Math.PI / 180), whole.Height * MetresADegree);
        return new MapFrame(middle.Y, middle.X, Math.Max(Math.Max(across, up * width / height) * 1.12, 200), width, height);
    }

    /// <summary>Where a point of the ground lies in the frame.</summary>
    public (double X, double Y) At(double latitude, double longitude) =>
        ((longitude - west) * longitudeScale * MetresADegree * PixelsAMetre, (north - latitude) * MetresADegree * PixelsAMetre);

    /// <summary>Whether a pixel lies in the frame, so many pixels from its edge.</summary>
    public bool Shows((double X, double Y) at, double margin = 0) => at.X >= margin && at.Y >= margin && at.X <= Width - margin && at.Y <= Height - margin;

    /// <summary>The outline of a shape as the data of an SVG path; what is finer than a pixel is left out.</summary>
    public string Path(Geometry shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var path = new StringBuilder();
        for (var part = 0; part < shape.NumGeometries; part++)
            if (shape.GetGeometryN(part) is Polygon polygon)
            {
                Ring(path, polygon.ExteriorRing);
                foreach (var hole in polygon.InteriorRings) Ring(path, hole);
            }
        return path.ToString();
    }

    void Ring(StringBuilder path, LineString ring)
    {
        (double X, double Y)? last = null;
        foreach (var corner in ring.Coordinates)
        {
            var at = At(corner.Y, corner.X);
            if (last is { } before && Math.Abs(at.X - before.X) < 1 && Math.Abs(at.Y - before.Y) < 1) continue;
            path.Append(last is null ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{at.X:0.#} {at.Y:0.#}");
            last = at;
        }
        path.Append('Z');
    }

    /// <summary>A round length that fills up to a third of the frame: 1, 2 or 5 times a power of ten, in metres.</summary>
    public int ScaleBar()
    {
        var most = Width / 3.0 / PixelsAMetre;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return (int)(power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1));
    }

    /// <summary>The quarter of the sky in which one point lies from another: 0 north, 1 north-east, on to 7 north-west.</summary>
    public static int Quarter(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var (up, aside) = (otherLatitude - latitude, (otherLongitude - longitude) * Math.Cos(latitude * Math.PI / 180));
        return (int)Math.Round((Math.Atan2(aside, up) * 180 / Math.PI + 360) / 45, MidpointRounding.AwayFromZero) % 8;
    }
}
