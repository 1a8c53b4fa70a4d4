using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Pairs;

namespace Dispatch.Communities;

/// <summary>How far a community has its pair.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PairCover>))]
public enum PairCover
{
    /// <summary>No officer.</summary>
    None,

    /// <summary>One officer.</summary>
    OneOfficer,

    /// <summary>A pair of two.</summary>
    FullPair,
}

/// <summary>The roll-out board: every community in scope, in the order of the organisation, which is no ranking.</summary>
/// <param name="At">As of when.</param>
/// <param name="ContactWithin">The model pack's clock of contact.</param>
/// <param name="Communities">One row each.</param>
/// <param name="Stations">Totals by station.</param>
/// <param name="Bureau">Totals of all rows.</param>
public sealed record RollOutView(
    DateTimeOffset At,
    ClockLength ContactWithin,
    IReadOnlyList<RollOutRow> Communities,
    IReadOnlyList<RollOutTotal> Stations,
    RollOutTotal Bureau);

/// <summary>A community on the board.</summary>
/// <param name="CommunityId">The community.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameEn">Its English name.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Cover">How far it has its pair.</param>
/// <param name="LastContactAt">When a pair last had contact there; null where none had.</param>
/// <param name="Contact">Days since then, against the clock.</param>
/// <param name="Handover">Open handover sheets.</param>
/// <param name="HandoverSheetIds">Which they are.</param>
/// <param name="TimeTaken">What was taken from it this week, by whom.</param>
/// <param name="Pairs">Its pairs.</param>
/// <param name="Alerts">What is to be looked after, as codes, each once.</param>
public sealed record RollOutRow(
    string CommunityId,
    string Name,
    string? NameEn,
    string StationId,
    PairCover Cover,
    DateTimeOffset? LastContactAt,
    PairFact Contact,
    PairFact Handover,
    IReadOnlyList<string> HandoverSheetIds,
    IReadOnlyList<TakenFrom> TimeTaken,
    IReadOnlyList<PairHealth> Pairs,
    IReadOnlyList<string> Alerts);

/// <summary>Time taken from a community.</summary>
/// <param name="ByWhom">Who took it; where nobody was named, what it was taken for.</param>
/// <param name="Minutes">Whole minutes of this week.</param>
public sealed record TakenFrom(string ByWhom, int Minutes);

/// <summary>Totals of the board.</summary>
/// <param name="StationId">The station; null for all.</param>
/// <param name="Communities">How many communities.</param>
/// <param name="FullPair">How many have a pair of two.</param>
/// <param name="OneOfficer">How many have one officer.</param>
/// <param name="None">How many have none.</param>
/// <param name="WithoutContact">How many have had no contact within the clock.</param>
public sealed record RollOutTotal(string? StationId, int Communities, int FullPair, int OneOfficer, int None, int WithoutContact)
{
    /// <summary>The totals of some rows.</summary>
    public static RollOutTotal Of(string? stationId, IReadOnlyCollection<RollOutRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RollOutTotal(
            stationId, rows.Count, rows.Count(x => x.Cover == PairCover.FullPair), rows.Count(x => x.Cover == PairCover.OneOfficer),
            rows.Count(x => x.Cover == PairCover.None), rows.Count(x => x.Contact.State == ClockState.Overdue));
    }
}
