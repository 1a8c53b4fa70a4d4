using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Replay;

/// <summary>Makes calls of rows, in the words of an organisation. Pure.</summary>
public sealed class ReplayPlanner
{
    /// <summary>Most pairs an incident takes, by the public contract.</summary>
    public const int MaxPairs = 50;

    private const int MaxAddress = 300;
    private const int MaxSummary = 2000;
    private readonly ColumnMap map;
    private readonly OrganisationAnswer organisation;
    private readonly HashSet<string> pairs;
    private readonly HashSet<string> categories;
    private readonly HashSet<string> dispositions;
    private readonly string otherDisposition;
    private readonly Dictionary<string, string> communities;
    private readonly List<RowRejection> rejected = [];
    private readonly SortedDictionary<string, int> adjusted = new(StringComparer.Ordinal);
    private int units;

    private ReplayPlanner(ColumnMap map, OrganisationAnswer organisation)
    {
        this.map = map;
        this.organisation = organisation;
        pairs = organisation.Pairs.Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        categories = organisation.Categories.Select(x => x.Code).ToHashSet(StringComparer.Ordinal);
        dispositions = organisation.Dispositions.Select(x => x.Code).ToHashSet(StringComparer.Ordinal);
        otherDisposition = dispositions.Contains("other") ? "other" : organisation.Dispositions.LastOrDefault()?.Code ?? "other";
        communities = organisation.Communities.Select(x => (Key: x.Id, x.Id)).Concat(organisation.Communities.Select(x => (Key: x.Name, x.Id)))
            .DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.Id, StringComparer.Ordinal);
    }

    /// <summary>Plans the replay of rows on a server with this organisation.</summary>
    public static ReplayPlan Plan(RecordedRows rows, ColumnMap map, OrganisationAnswer organisation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(organisation);
        return new ReplayPlanner(map, organisation).Plan(rows);
    }

    private ReplayPlan Plan(RecordedRows rows)
    {
        var calls = rows.Rows.Where(IsKnown).GroupBy(x => x.Call, StringComparer.Ordinal).Select(x => x.ToArray())
            .OrderBy(x => x.Min(row => row.Times.Received)).ToArray();
        return new ReplayPlan(
            [.. calls.Select((call, index) => Call(index, call))], [.. rows.Rejected, .. rejected], adjusted.ToImmutableSortedDictionary());
    }

    private bool IsKnown(RecordedRow row)
    {
        var fault = !pairs.Contains(row.Unit) ? (RejectionReasons.UnitUnknown, row.Unit)
            : !categories.Contains(map.CategoryOf(row.Category)) ? (RejectionReasons.CategoryUnknown, row.Category)
            : default((string Reason, string Detail)?);
        if (fault is var (reason, detail))
        {
            rejected.Add(new RowRejection(row.RowId, reason, detail));
        }

        return fault is null;
    }

    private PlannedCall Call(int index, RecordedRow[] rows)
    {
        var openAt = rows.Min(x => x.Times.Received);
        var lastKnown = rows.Max(x => x.Times.Last);
        var byDispatch = rows.OrderBy(x => x.Times.Dispatch).ToArray();
        foreach (var row in byDispatch.Skip(MaxPairs))
        {
            rejected.Add(new RowRejection(row.RowId, RejectionReasons.TooManyUnits, row.Call));
        }

        var parts = byDispatch.Take(MaxPairs).Select(x => Unit(x, openAt, lastKnown)).ToImmutableArray();
        var first = rows[0];
        var summary = first.Detail.Length == 0 ? first.Category : $"{first.Category}: {first.Detail}";
        return new PlannedCall(
            index,
            first.Call,
            map.CategoryOf(first.Category),
            first.Priority,
            first.Location,
            first.Address.Length == 0 ? null : Cut(first.Address, MaxAddress),
            Community(first),
            Cut(summary, MaxSummary),
            Disposition(first),
            openAt,
            parts.Max(x => x.ClearAt),
            parts);
    }

    private PlannedUnit Unit(RecordedRow row, DateTime openAt, DateTime lastKnown)
    {
        var times = row.Times;
        Count(Adjustments.TimesClamped, times.RunBackwards);
        Count(Adjustments.ResponseMissing, times.Response is null);
        Count(Adjustments.NeverOnScene, times.OnScene is null);
        Count(Adjustments.AvailableMissing, times.Available is null);
        var offerAt = Later(openAt, times.Dispatch);
        var acceptAt = Later(offerAt, times.Response ?? times.OnScene ?? times.Dispatch);
        DateTime? onSceneAt = times.OnScene is { } arrived ? Later(acceptAt, arrived) : null;
        var clearAt = Later(onSceneAt ?? acceptAt, times.Available ?? lastKnown);
        return new PlannedUnit(units++, row.RowId, row.Unit, offerAt, acceptAt, onSceneAt, clearAt, times.Response is not null);
    }

    private string? Community(RecordedRow row)
    {
        if (communities.TryGetValue(row.Community, out var id))
        {
            return id;
        }

        Count(Adjustments.CommunityReplaced, true);
        return organisation.Communities.IsDefaultOrEmpty ? null : organisation.Communities.MinBy(x => x.Centre.DistanceMetresTo(row.Location))!.Id;
    }

    private string Disposition(RecordedRow row)
    {
        var code = map.DispositionOf(row.Disposition);
        Count(Adjustments.DispositionReplaced, !dispositions.Contains(code));
        return dispositions.Contains(code) ? code : otherDisposition;
    }

    private void Count(string adjustment, bool isMade)
    {
        if (isMade)
        {
            adjusted[adjustment] = adjusted.GetValueOrDefault(adjustment) + 1;
        }
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
