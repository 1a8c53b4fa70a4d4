using Dispatch.Bureau;
using Dispatch.Packs;

namespace Dispatch.Pairs;

/// <summary>What is known of a pair when its facts are told.</summary>
/// <param name="Pair">What the organisation says.</param>
/// <param name="View">What the pair says; null where it was never on duty.</param>
/// <param name="LastContact">Its last contact in its home community; null where there was none.</param>
/// <param name="Taken">What was taken from its community this week, and ended.</param>
/// <param name="Sheets">Open handover sheets of it.</param>
public sealed record PairKnowledge(
    PairInfo Pair, PairView? View, DateTimeOffset? LastContact, IReadOnlyList<TakenTime> Taken, IReadOnlyList<HandoverView> Sheets);

/// <summary>Tells the facts of pairs by the clocks of the bureau's model pack and of its own. Pure.</summary>
public sealed class PairHealthRules(ModelPack pack, PairCareOptions options)
{
    /// <summary>The facts of a pair.</summary>
    public PairHealth Tell(PairKnowledge known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        var (pair, view) = (known.Pair, known.View);
        var today = BureauDay.Of(now).Day;
        return new PairHealth(
            pair.Id, pair.CallSign, pair.CommunityId, pair.StationId, pair.Officers.Length, view?.Duty ?? PairDuty.OffDuty,
            Members(pair, view, now), Agreement(pair.Agreement, today), Contact(known.LastContact, now),
            TimeTaken(view, TakenBy(known, now).Sum(x => x.Value), now), Handover(known.Sheets, now), Succession(pair, now),
            pair.Successor?.OfficerId, view?.TakenBy, view?.Presence?.Today is { } presence && presence.From == today ? presence : null);
    }

    /// <summary>Minutes of this week that were taken from a pair's community, by who took them; where nobody is named, by what for.</summary>
    public IReadOnlyDictionary<string, double> TakenBy(PairKnowledge known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        var monday = BureauDay.Of(now).Monday.Start;
        var minutes = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var taken in known.Taken.Concat(Present(known.View, monday, now)))
        {
            minutes[taken.By] = minutes.GetValueOrDefault(taken.By) + taken.Time.TotalMinutes;
        }

        return minutes;
    }

    /// <summary>How the clock of contact stands.</summary>
    public PairFact Contact(DateTimeOffset? last, DateTimeOffset now)
    {
        if (last is not { } at)
        {
            return new PairFact(ClockState.Overdue, null, FactUnit.Days, "noContact");
        }

        var days = Math.Round((now - at).TotalDays, 1);
        var dueAt = pack.Due(pack.Clocks.PairContact, at);
        return now > dueAt ? new PairFact(ClockState.Overdue, days, FactUnit.Days, "noContact")
            : new PairFact(now > dueAt.AddDays(-1) ? ClockState.Due : ClockState.Ok, days, FactUnit.Days);
    }

    /// <summary>How the clock of handing over stands.</summary>
    public static PairFact Handover(IReadOnlyList<HandoverView> sheets, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        var overdue = sheets.Any(x => x.DueAt <= now);
        return new PairFact(
            overdue ? ClockState.Overdue : sheets.Count > 0 ? ClockState.Due : ClockState.Ok, sheets.Count, FactUnit.Count,
            overdue ? "handoverOverdue" : sheets.Count > 0 ? "handoverOpen" : null);
    }

    private static IEnumerable<TakenTime> Present(PairView? view, DateTimeOffset monday, DateTimeOffset now)
    {
        if (view?.Time is not { Kind: PairTimeKind.Activity or PairTimeKind.Borrowed } time)
        {
            return [];
        }

        var by = time.ByWhom ?? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(view.Activity.ToString());
        var from = time.Since > monday ? time.Since : monday;
        return from < now ? [new TakenTime(view.Id, by, now - from)] : [];
    }

    private static PairFact Members(PairInfo pair, PairView? view, DateTimeOffset now)
    {
        var minutes = view?.SingleSince is { } since ? Math.Max(0, Math.Floor((now - since).TotalMinutes)) : 0;
        return pair.Officers.Length < 2 ? new PairFact(ClockState.Overdue, minutes, FactUnit.Minutes, "oneOfficer")
            : view?.SingleOfficer == true ? new PairFact(ClockState.Due, minutes, FactUnit.Minutes, "singleOfficer")
            : new PairFact(ClockState.Ok, 0, FactUnit.Minutes);
    }

    private PairFact Agreement(PairAgreement? agreement, DateOnly today)
    {
        if (agreement is null)
        {
            return new PairFact(ClockState.Overdue, null, FactUnit.Days, "noAgreement");
        }

        var left = agreement.To.DayNumber - today.DayNumber;
        return left < 0 ? new PairFact(ClockState.Overdue, left, FactUnit.Days, "termEnded")
            : left <= options.TermEndsSoonDays ? new PairFact(ClockState.Due, left, FactUnit.Days, "termEndsSoon")
            : new PairFact(ClockState.Ok, left, FactUnit.Days);
    }

    private static PairFact TimeTaken(PairView? view, double minutes, DateTimeOffset now)
    {
        var whole = Math.Floor(minutes);
        return view?.TakenBy is null ? new PairFact(ClockState.Ok, whole, FactUnit.Minutes)
            : view.TakenUntil < now ? new PairFact(ClockState.Overdue, whole, FactUnit.Minutes, "notGivenBack")
            : new PairFact(ClockState.Due, whole, FactUnit.Minutes, "borrowed");
    }

    private PairFact Succession(PairInfo pair, DateTimeOffset now)
    {
        if (pair.Officers.FirstOrDefault(x => x.Role == OfficerRole.GreenLeaf)?.RetiresOn is not { } day)
        {
            return new PairFact(ClockState.Ok, null, FactUnit.Days);
        }

        var left = day.DayNumber - BureauDay.Of(now).Day.DayNumber;
        return pair.Successor is not null || BureauDay.Of(pack.Due(pack.Clocks.SuccessionNotice, now)).Day < day
            ? new PairFact(ClockState.Ok, left, FactUnit.Days)
            : new PairFact(left <= 0 ? ClockState.Overdue : ClockState.Due, left, FactUnit.Days, "successionDue");
    }
}
