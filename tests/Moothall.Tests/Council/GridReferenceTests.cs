using Moothall.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

public class GridReferenceTests
{
    /// <summary>The worked example of the Ordnance Survey's guide, annex C: Caister water tower, on Airy 1830.</summary>
    [Fact]
    public void The_projection_is_that_of_the_worked_example()
    {
        var (east, north) = GridReference.Project((Radians(52, 39, 27.2531), Radians(1, 43, 4.5177)));
        east.ShouldBe(651409.903, 0.01);
        north.ShouldBe(313177.270, 0.01);
    }

    static double Radians(double degrees, double minutes, double seconds) => (degrees + minutes / 60 + seconds / 3600) * Math.PI / 180;

    [Theory]
    [InlineData(651409, 313177, "TG 51409 13177")]
    [InlineData(0, 0, "SV 00000 00000")]
    [InlineData(452590, 190090, "SU 52590 90090")]
    [InlineData(216650, 771250, "NN 16650 71250")]
    [InlineData(400000, 1200000, "HP 00000 00000")]
    [InlineData(699999, 1299999, "JM 99999 99999")]
    public void Squares_have_the_letters_of_the_National_Grid(int east, int north, string reference) => GridReference.Lettered(east, north).ShouldBe(reference);

    /// <summary>The same tower by GPS; the Helmert transformation is right to about five metres.</summary>
    [Fact]
    public void A_point_by_GPS_is_found_to_some_metres()
    {
        var found = GridReference.Of(52.65798, 1.71605).ShouldNotBeNull();
        found.ShouldStartWith("TG ");
        double.Parse(found[3..8], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(51409, 6.0);
        double.Parse(found[9..], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(13177, 6.0);
    }

    [Theory]
    [InlineData(48.85, 2.35)]
    [InlineData(51.5, -12)]
    [InlineData(double.NaN, 0)]
    public void What_is_not_in_Great_Britain_has_none(double latitude, double longitude) => GridReference.Of(latitude, longitude).ShouldBeNull();
}
