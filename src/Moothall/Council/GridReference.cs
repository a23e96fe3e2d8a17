using System.Globalization;

namespace Moothall.Council;

/// <summary>
/// A point on the Ordnance Survey's National Grid, as crews and maps in Great Britain name it: "SU 52591 90089". From GPS coordinates (WGS84) by the
/// Helmert transformation and the transverse Mercator projection of "A guide to coordinate systems in Great Britain" (Ordnance Survey, annexes B and C),
/// which is right to about five metres.
/// </summary>
public static class GridReference
{
    // Semi-axes in metres: WGS84 (GRS80), and Airy 1830, on which the National Grid lies.
    const double WgsA = 6_378_137.0, WgsB = 6_356_752.3142, AiryA = 6_377_563.396, AiryB = 6_356_256.909;
    const double Scale = 0.9996012717, North0 = -100_000, East0 = 400_000;
    static readonly double Latitude0 = Radians(49), Longitude0 = Radians(-2);
    const string Letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

    /// <summary>The grid reference to a metre, or null for a point that is not on the grid.</summary>
    public static string? Of(double latitude, double longitude)
    {
        if (!double.IsFinite(latitude) || !double.IsFinite(longitude) || latitude is < 49 or > 61.5 || longitude is < -9.5 or > 2.5) return null;
        var (east, north) = Project(Shift(Radians(latitude), Radians(longitude)));
        return Lettered(east, north);
    }

    /// <summary>A point of the grid in letters and figures; null outside it.</summary>
    internal static string? Lettered(double east, double north)
    {
        var (e, n) = ((int)Math.Floor(east), (int)Math.Floor(north));
        if (e is < 0 or >= 700_000 || n is < 0 or >= 1_300_000) return null;
        var (column, row) = (e / 100_000, n / 100_000);
        // Squares of 500 km are lettered from the north-west, and so are those of 100 km in each; the false origin lies in S.
        var first = (19 - row) - (19 - row) % 5 + (column + 10) / 5;
        var second = (19 - row) * 5 % 25 + column % 5;
        return string.Create(CultureInfo.InvariantCulture, $"{Letters[first]}{Letters[second]} {e % 100_000:00000} {n % 100_000:00000}");
    }

    /// <summary>Latitude and longitude on Airy 1830, in radians, to easting and northing in metres.</summary>
    internal static (double East, double North) Project((double Latitude, double Longitude) at)
    {
        var (latitude, longitude) = at;
        var e2 = 1 - AiryB * AiryB / (AiryA * AiryA);
        var n = (AiryA - AiryB) / (AiryA + AiryB);
        var (sin, cos, tan) = (Math.Sin(latitude), Math.Cos(latitude), Math.Tan(latitude));
        var nu = AiryA * Scale / Math.Sqrt(1 - e2 * sin * sin);
        var rho = AiryA * Scale * (1 - e2) / Math.Pow(1 - e2 * sin * sin, 1.5);
        var eta2 = nu / rho - 1;
        var (difference, sum) = (latitude - Latitude0, latitude + Latitude0);
        var (n2, n3) = (n * n, n * n * n);
        var m = AiryB * Scale * ((1 + n + 5.0 / 4 * n2 + 5.0 / 4 * n3) * difference - (3 * n + 3 * n2 + 21.0 / 8 * n3) * Math.Sin(difference) * Math.Cos(sum)
            + (15.0 / 8 * n2 + 15.0 / 8 * n3) * Math.Sin(2 * difference) * Math.Cos(2 * sum) - 35.0 / 24 * n3 * Math.Sin(3 * difference) * Math.Cos(3 * sum));
        var (tan2, tan4, cos3, cos5) = (tan * tan, Math.Pow(tan, 4), Math.Pow(cos, 3), Math.Pow(cos, 5));
        var l = longitude - Longitude0;
        var north = m + North0 + nu / 2 * sin * cos * l * l + nu / 24 * sin * cos3 * (5 - tan2 + 9 * eta2) * Math.Pow(l, 4) + nu / 720 * sin * cos5 * (61 - 58 * tan2 + tan4) * Math.Pow(l, 6);
        var east = East0 + nu * cos * l + nu / 6 * cos3 * (nu / rho - tan2) * Math.Pow(l, 3) + nu / 120 * cos5 * (5 - 18 * tan2 + tan4 + 14 * eta2 - 58 * tan2 * eta2) * Math.Pow(l, 5);
        return (east, north);
    }

    // From WGS84 to Airy 1830 (OSGB36): through the earth's middle, with the seven figures of the guide.
    static (double Latitude, double Longitude) Shift(double latitude, double longitude)
    {
        var e2 = 1 - WgsB * WgsB / (WgsA * WgsA);
        var nu = WgsA / Math.Sqrt(1 - e2 * Math.Sin(latitude) * Math.Sin(latitude));
        var (x, y, z) = (nu * Math.Cos(latitude) * Math.Cos(longitude), nu * Math.Cos(latitude) * Math.Sin(longitude), (1 - e2) * nu * Math.Sin(latitude));
        const double tx = -446.448, ty = 125.157, tz = -542.060, s = 1 + 20.4894e-6;
        var (rx, ry, rz) = (Radians(-0.1502 / 3600), Radians(-0.2470 / 3600), Radians(-0.8421 / 3600));
        var (x2, y2, z2) = (tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z);
        var airy2 = 1 - AiryB * AiryB / (AiryA * AiryA);
        var p = Math.Sqrt(x2 * x2 + y2 * y2);
        var found = Math.Atan2(z2, p * (1 - airy2));
        for (var turn = 0; turn < 6; turn++)
            found = Math.Atan2(z2 + airy2 * AiryA / Math.Sqrt(1 - airy2 * Math.Sin(found) * Math.Sin(found)) * Math.Sin(found), p);
        return (found, Math.Atan2(y2, x2));
    }

    static double Radians(double degrees) => degrees * Math.PI / 180;
}
