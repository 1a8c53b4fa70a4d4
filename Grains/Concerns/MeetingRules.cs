using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>The rules of a meeting: announced, held, its issues decided, its minutes published. Pure.</summary>
public static class MeetingRules
{
    private const int MostTitle = 100;
    private const int MostPlace = 200;
    private const int MostItems = 20;
    private const int MostItem = 200;
    private const int MostParticipants = 100_000;
    private const int MostIssues = 30;
    private const int MostIssue = 300;
    private const int MostWords = 500;
    private const int MostDepartment = 100;
    private const int MostMinutes = 5000;
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(366);

    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before it is announced.</param>
    /// <param name="command">The command.</param>
    /// <param name="around">What was looked up for it.</param>
    public static Decision<MeetingEvent> Decide(MeetingView? state, MeetingCommand command, MeetingSurroundings around)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(around);
        return (state, command) switch
        {
            (null, AnnounceMeeting c) => Announce(c, around),
            (_, AnnounceMeeting) => Refusal.Rule(RefusalCodes.MatterAlreadyOpen, "There is such a meeting already."),
            (null, _) => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such meeting."),
            (var meeting, ReviseMeeting c) => Revise(meeting, c, around),
            (var meeting, HoldMeeting c) => Hold(meeting, c),
            (var meeting, RaiseIssue c) => Raise(meeting, c),
            (var meeting, ResolveIssue c) => Resolve(meeting, c, around),
            (var meeting, WriteMinutes c) => (Wording.WhyNotNeeded("text", c.Text, MostMinutes, c.TextConfirmed) ?? In(meeting, MeetingStatus.Held)) is { } fault
                ? fault
                : new MinutesWritten(Wording.Clean(c.Text)!),
            (var meeting, PublishMeeting) => Publish(meeting),
            (var meeting, CancelMeeting c) => (Wording.WhyNotReason(c.Reason, c.TextConfirmed) ?? In(meeting, MeetingStatus.Announced)) is { } fault
                ? fault
                : new MeetingCancelled(Wording.Clean(c.Reason)!),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    private static Decision<MeetingEvent> Announce(AnnounceMeeting c, MeetingSurroundings around) =>
        around.Pack.MeetingKinds.All(x => x.Code != c.Kind) ? Refusal.Invalid(RefusalCodes.MeetingKindNotFound, "kind", "The model has no such kind of meeting.")
        : (Wording.WhyNotNeeded("title", c.Title, MostTitle, c.TextConfirmed) ?? WhyNotPlan(c.PlannedFor, c.Place, c.Agenda, c.TextConfirmed, around)) is { } fault
            ? fault
        : around.StationId is not { } station ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{c.CommunityId}'.")
        : c.PairId is not null && !around.PairExists ? Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"The station has no pair '{c.PairId}'.")
        : new MeetingAnnounced(new MeetingView(
            around.Id, MatterIds.Number(MatterKind.Meeting, around.Id, around.Now), c.CommunityId, station, c.Kind, Wording.Clean(c.Title)!, Whole(c.PlannedFor),
            Wording.Clean(c.Place)!, around.Now, around.By.Name)
        {
            Agenda = Clean(c.Agenda),
            PairId = c.PairId,
        });

    private static Decision<MeetingEvent> Revise(MeetingView meeting, ReviseMeeting c, MeetingSurroundings around)
    {
        var (at, place, agenda) = (c.PlannedFor ?? meeting.PlannedFor, c.Place ?? meeting.Place, c.Agenda ?? meeting.Agenda);
        return (WhyNotPlan(at, place, agenda, c.TextConfirmed, around) ?? In(meeting, MeetingStatus.Announced)) is { } fault ? fault
            : (at, Wording.Clean(place)) == (meeting.PlannedFor, meeting.Place) && Clean(agenda).SequenceEqual(meeting.Agenda) ? Decision.Nothing<MeetingEvent>()
            : new MeetingRevised(Whole(at), Wording.Clean(place)!, Clean(agenda));
    }

    private static Decision<MeetingEvent> Hold(MeetingView meeting, HoldMeeting c) =>
        c.Participants is < 0 or > MostParticipants
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "participants", $"participants is 0 to {MostParticipants}.")
        : In(meeting, MeetingStatus.Announced) is { } refusal ? refusal
        : new MeetingHeld(c.Participants);

    private static Decision<MeetingEvent> Raise(MeetingView meeting, RaiseIssue c) =>
        (Wording.WhyNotNeeded("text", c.Text, MostIssue, c.TextConfirmed) ?? In(meeting, MeetingStatus.Held)) is { } fault ? fault
        : meeting.Issues.Length >= MostIssues ? Refusal.Rule(RefusalCodes.TooMany, $"A meeting has at most {MostIssues} issues.")
        : new IssueRaised(new MeetingIssue((meeting.Issues.Length + 1).ToString(CultureInfo.InvariantCulture), Wording.Clean(c.Text)!));

    private static Decision<MeetingEvent> Resolve(MeetingView meeting, ResolveIssue c, MeetingSurroundings around)
    {
        if ((WhyNotBecame(meeting, c, around) ?? In(meeting, MeetingStatus.Held)) is { } fault)
        {
            return fault;
        }

        if (meeting.Issues.FirstOrDefault(x => x.Id == c.IssueId) is not { } issue)
        {
            return Refusal.Invalid(RefusalCodes.IssueNotFound, "issueId", "The meeting has no such issue.");
        }

        var resolved = issue with
        {
            Became = c.Became,
            MatterId = c.Became is IssueBecame.Concern or IssueBecame.Dispute ? c.MatterId : null,
            Department = c.Became == IssueBecame.Department ? Wording.Clean(c.Department) : null,
            Words = Wording.Clean(c.Words),
        };
        return resolved == issue ? Decision.Nothing<MeetingEvent>() : new IssueResolved(resolved);
    }

    private static Refusal? WhyNotBecame(MeetingView meeting, ResolveIssue c, MeetingSurroundings around) =>
        (c.Became == IssueBecame.Answered
            ? Wording.WhyNotNeeded("words", c.Words, MostWords, c.TextConfirmed)
            : Wording.WhyNot("words", c.Words, MostWords, c.TextConfirmed))
        ?? (c.Became == IssueBecame.Department ? Wording.WhyNotNeeded("department", c.Department, MostDepartment, c.TextConfirmed) : null)
        ?? (c.Became is IssueBecame.Concern or IssueBecame.Dispute && around.MatterStationId != meeting.StationId
            ? Refusal.Invalid(RefusalCodes.MatterNotFound, "matterId", $"The station has no such {c.Became.ToString().ToLowerInvariant()}.")
            : null);

    private static Decision<MeetingEvent> Publish(MeetingView meeting) =>
        meeting.PublishedAt is not null ? Decision.Nothing<MeetingEvent>()
        : In(meeting, MeetingStatus.Held) is { } refusal ? refusal
        : meeting.Minutes is null ? Refusal.Rule(RefusalCodes.MinutesMissing, "Write the minutes first.")
        : meeting.Issues.Any(x => x.Became is null)
            ? Refusal.Rule(RefusalCodes.MeetingIssuesUndecided, "Say first what became of every issue, be it nothing.")
        : new MeetingPublished();

    private static Refusal? WhyNotPlan(DateTimeOffset at, string place, ImmutableArray<string> agenda, bool confirmed, MeetingSurroundings around) =>
        at < around.Now - LongestAgo || at > around.Now + LongestAhead
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "plannedFor", "plannedFor is from 30 days back to one year ahead.")
        : Wording.WhyNotNeeded("place", place, MostPlace, confirmed)
            ?? (agenda.IsDefault || agenda.Length > MostItems ? Refusal.Invalid(RefusalCodes.TooMany, "agenda", $"agenda is at most {MostItems} items.") : null)
            ?? agenda.Select(x => Wording.WhyNotNeeded("agenda", x, MostItem, confirmed)).FirstOrDefault(x => x is not null);

    private static Refusal? In(MeetingView meeting, MeetingStatus status) =>
        meeting.Status == status ? null
        : Refusal.Rule(
            status == MeetingStatus.Announced ? RefusalCodes.MeetingNotAnnounced : RefusalCodes.MeetingNotHeld, $"The meeting is {meeting.Status}, not {status}.");

    private static ImmutableArray<string> Clean(ImmutableArray<string> agenda) => [.. agenda.Select(x => Wording.Clean(x)!)];

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
