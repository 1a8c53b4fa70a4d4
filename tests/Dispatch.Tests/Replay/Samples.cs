using Dispatch.Bureau;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>Small recorded calls and an organisation that fits them.</summary>
internal static class Samples
{
    public const string Header =
        "row_id,call_number,unit_id,call_type,call_type_group,priority,received,dispatch,response,on_scene,available,disposition,lat,lon,address,neighborhood";

    public static readonly OrganisationAnswer Organisation = new(
        [new CommunityAnswer("sf-01", "Mission", new GeoPoint(37.76, -122.42)), new CommunityAnswer("sf-02", "Marina", new GeoPoint(37.80, -122.44))],
        [Pair("E01"), Pair("E02"), Pair("T03")],
        [new CodeAnswer("medical-incident"), new CodeAnswer("alarms")],
        [new CodeAnswer("fire"), new CodeAnswer("other"), new CodeAnswer("unknown")]);

    public static PairAnswer Pair(string id) => new(id, [new OfficerAnswer($"{id}-a"), new OfficerAnswer($"{id}-b")]);

    /// <summary>A row of call <paramref name="call"/>; times are minutes and seconds of one hour, empty where blank.</summary>
    public static string Row(
        string id,
        string call,
        string unit,
        string received = "00:00",
        string dispatch = "01:00",
        string response = "02:00",
        string onScene = "05:00",
        string available = "30:00",
        string priority = "3",
        string type = "Medical Incident",
        string disposition = "Fire",
        string lat = "37.76",
        string neighborhood = "Mission") =>
        string.Join(
            ',', id, call, unit, type, "Alarm", priority, At(received), At(dispatch), At(response), At(onScene), At(available), disposition, lat, "-122.42",
            "1 Block of A ST", neighborhood);

    public static RecordedRows Read(params string[] rows) => Read(null, rows);

    public static RecordedRows Read(int? limit, params string[] rows)
    {
        var reader = new RecordedCallsReader(ColumnMap.SfFire, limit);
        reader.ReadText("sample.csv", string.Join('\n', [Header, .. rows]));
        return reader.Result;
    }

    public static ReplayPlan Plan(params string[] rows) => ReplayPlanner.Plan(Read(rows), ColumnMap.SfFire, Organisation);

    public static DateTime Time(string minuteAndSecond) => new(
        2020, 4, 7, 12, int.Parse(minuteAndSecond[..2], null), int.Parse(minuteAndSecond[3..], null), DateTimeKind.Utc);

    private static string At(string minuteAndSecond) => minuteAndSecond switch
    {
        "" => string.Empty,
        { Length: 5 } => $"2020-04-07T12:{minuteAndSecond}",
        _ => minuteAndSecond,
    };
}
