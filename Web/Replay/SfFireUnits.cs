using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Bureau;

namespace Dispatch.Replay;

/// <summary>Makes pairs of San Francisco Fire units: what their two halves can do, and where they live.</summary>
public static class SfFireUnits
{
    private const string AdvancedLifeSupport = "advancedLifeSupport";

    // What each type of unit is for, split between the half that knows the ground and the half that brings the technology.
    private static readonly Dictionary<string, (string[] GreenLeaf, string[] RedFlower)> Skills = new(StringComparer.Ordinal)
    {
        ["ENGINE"] = (["fire", "hazard"], ["fire", "medical"]),
        ["TRUCK"] = (["fire", "rescue"], ["fire", "ladder"]),
        ["MEDIC"] = (["medical", "transport"], ["medical"]),
        ["PRIVATE"] = (["medical", "transport"], ["medical"]),
        ["CHIEF"] = (["command", "fire"], ["command", "communications"]),
        ["RESCUE CAPTAIN"] = (["command", "medical"], ["medical", "communications"]),
        ["RESCUE SQUAD"] = (["rescue", "waterRescue"], ["rescue", "hazard"]),
        ["SUPPORT"] = (["support", "transport"], ["support"]),
        ["INVESTIGATION"] = (["investigation"], ["investigation", "forensics"]),
    };

    /// <summary>The two officers of a unit. They have no names in the records and get none here.</summary>
    /// <param name="unit">Unit id.</param>
    /// <param name="type">Unit type of the record.</param>
    /// <param name="hasAdvancedLifeSupport">Whether a paramedic rides on it.</param>
    public static ImmutableArray<OfficerInfo> Officers(string unit, string type, bool hasAdvancedLifeSupport)
    {
        var (greenLeaf, redFlower) = Skills.GetValueOrDefault(type, (["support"], ["support"]));
        return
        [
            new OfficerInfo($"{unit}-a", $"{unit} A", OfficerRole.GreenLeaf, [.. greenLeaf]),
            new OfficerInfo($"{unit}-b", $"{unit} B", OfficerRole.RedFlower, hasAdvancedLifeSupport ? [.. redFlower, AdvancedLifeSupport] : [.. redFlower]),
        ];
    }

    /// <summary>The fire station a unit has its name from: engines and trucks carry their station's number, other units do not.</summary>
    public static string? StationOf(string unit, string type)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return type is "ENGINE" or "TRUCK" && int.TryParse(unit.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("00", CultureInfo.InvariantCulture)
            : null;
    }
}
