using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Demo;

/// <summary>
/// A pair of the demonstration with its phone: signs on, patrols and visits, answers offers, goes where it is sent and reports back. It acts
/// only on what its feed shows, so whatever an earlier run left behind is taken up where it was left.
/// </summary>
public sealed class Phone : IAsyncDisposable
{
    private const double AcceptShare = 0.88;
    private const double DeclineShare = 0.08;
    private const double SingleOfficerShare = 0.08;
    private readonly TrafficWorld world;
    private readonly TrafficSession session;
    private readonly PairView pair;
    private readonly FeedClient line;
    private readonly WatchedFeed feed;
    private readonly Dictionary<string, (OfferStatus Intent, DateTimeOffset At)> answers = new(StringComparer.Ordinal);
    private readonly PairRound round;
    private Task turn = Task.CompletedTask;
    private Job? job;
    private bool signedOn;
    private DateTimeOffset reportedAt;
    private bool wasMoving;

    /// <summary>The phone of a pair, with an officer of it signed in.</summary>
    public Phone(TrafficWorld world, TrafficSession session, PairView pair, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(pair);
        this.world = world;
        this.session = session;
        this.pair = pair;
        line = world.Line(session, pair.CallSign, stopping);
        feed = line.Watch(FeedName.Pair(pair.Id));
        round = new PairRound(world, session, line, pair);
    }

    /// <summary>Keeps its line open until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => line.RunAsync(stopping);

    /// <summary>Begins a turn, unless the last one still waits for an answer. Called about once a second, never by two at once.</summary>
    public void BeginTurn(CancellationToken stopping)
    {
        if (turn.IsCompleted)
        {
            turn = world.TakeTurnAsync(pair.CallSign, TurnAsync, stopping);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        session.Dispose();
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        if (feed.Find<PairView>("pair") is not { } view)
        {
            return;
        }

        if (!signedOn)
        {
            signedOn = await SignOnAsync(view, stopping);
        }

        if (view.Duty == PairDuty.OffDuty)
        {
            return;
        }

        var assignment = feed.All<AssignmentOnPhone>("assignment/") is [var first, ..] ? first : null;
        await AnswerAsync(assignment is not null, stopping);
        if (assignment is not null)
        {
            await WorkAsync(assignment, stopping);
        }
        else
        {
            job = null;
            await round.TurnAsync(stopping);
        }

        await ReportPositionAsync(stopping);
    }

    /// <summary>Signs on where the pair is not on duty yet.</summary>
    /// <returns>False where nobody knows whether it was done.</returns>
    private async Task<bool> SignOnAsync(PairView view, CancellationToken stopping)
    {
        if (view.Duty == PairDuty.OnDuty)
        {
            return true;
        }

        var present = view.Officers.Select(x => x.Id).Take(world.Dice.Chance(SingleOfficerShare) ? 1 : view.Officers.Length);
        var answer = await world.Api.PostAsync(session, $"pairs/{pair.Id}/sign-on", new { officerIds = present }, stopping);
        if (!answer.IsDone)
        {
            world.Trouble.Report($"{pair.CallSign} signs on", answer.Code);
        }

        return answer.IsDone || answer.IsRefused;
    }

    private async Task AnswerAsync(bool busy, CancellationToken stopping)
    {
        var offers = feed.All<PairOffer>("offer/").OrderBy(x => x.OfferedAt).ToArray();
        foreach (var gone in answers.Keys.Where(id => offers.All(x => x.Id != id)).ToArray())
        {
            answers.Remove(gone);
        }

        foreach (var offer in offers)
        {
            if (!answers.TryGetValue(offer.Id, out var answer))
            {
                answers[offer.Id] = answer = (Intend(), world.Now + world.Dice.Seconds(world.Pace.AnswerSeconds));
            }

            if (answer.Intent != OfferStatus.Expired && world.Now >= answer.At)
            {
                await AnswerAsync(offer, busy ? OfferStatus.Declined : answer.Intent, stopping);
                return;
            }
        }
    }

    /// <summary>What the pair will do with an offer; expired means that it does not look at its phone.</summary>
    private OfferStatus Intend() => world.Dice.Next() switch
    {
        < AcceptShare => OfferStatus.Accepted,
        < AcceptShare + DeclineShare => OfferStatus.Declined,
        _ => OfferStatus.Expired,
    };

    private async Task AnswerAsync(PairOffer offer, OfferStatus intent, CancellationToken stopping)
    {
        // Answered once; should the answer be refused, the offer goes away by itself.
        answers[offer.Id] = (OfferStatus.Expired, world.Now);
        if (intent == OfferStatus.Accepted)
        {
            Tell("accepts", (await line.CommandAsync("AcceptOffer", [offer.Id], stopping))?.Code);
        }
        else
        {
            var reason = job is not null ? DeclineReasons.Busy : CallScript.Decline(world.Dice);
            Tell("declines", (await line.CommandAsync("DeclineOffer", [offer.Id, reason], stopping))?.Code);
        }
    }

    private async Task WorkAsync(AssignmentOnPhone assignment, CancellationToken stopping)
    {
        var now = world.Now;
        if (job is null || job.OfferId != assignment.Offer.Id || job.Status >= AssignmentStatus.Cleared && now >= job.NextAt)
        {
            job = TakeUp(assignment, now);
        }

        if (assignment.Status > job.Status)
        {
            job.Status = assignment.Status;
        }

        if (job.NoteAt <= now && job.Status == AssignmentStatus.OnScene)
        {
            job.NoteAt = null;
            await NoteAsync(assignment, job.NeedsBackup, stopping);
        }
        else if (now >= job.NextAt && job.Status < AssignmentStatus.Cleared)
        {
            await GoOnAsync(assignment, job, stopping);
        }
    }

    /// <summary>A job from where it stands: just accepted, or left by an earlier run.</summary>
    private Job TakeUp(AssignmentOnPhone assignment, DateTimeOffset now)
    {
        var taken = new Job(assignment.Offer.Id, assignment.Status, now + world.Dice.Seconds(world.Pace.ShortSeconds));
        if (assignment.Status == AssignmentStatus.EnRoute)
        {
            taken.NextAt = round.GoTo(assignment.Offer.Location).Until;
        }
        else if (assignment.Status >= AssignmentStatus.OnScene)
        {
            round.StandAt(assignment.Offer.Location);
        }

        return taken;
    }

    private async Task GoOnAsync(AssignmentOnPhone assignment, Job current, CancellationToken stopping)
    {
        var next = current.Status + 1;
        var note = next == AssignmentStatus.Reported ? CallScript.Report(world.Dice) : null;
        var refused = await line.CommandAsync("SetAssignmentStatus", [assignment.Offer.IncidentId, pair.Id, next, note], stopping);
        var now = world.Now;
        current.NextAt = now + world.Dice.Seconds(world.Pace.ShortSeconds);
        if (refused is not null)
        {
            // The server is further, or the incident was called off: the feed will tell.
            Tell($"reports {next}", refused.Code);
            return;
        }

        current.Status = next;
        if (next == AssignmentStatus.EnRoute)
        {
            current.NextAt = round.GoTo(assignment.Offer.Location).Until;
        }
        else if (next == AssignmentStatus.OnScene)
        {
            var stay = world.Dice.Between(world.Pace.SceneSeconds);
            current.NextAt = now + TimeSpan.FromSeconds(stay);
            current.NeedsBackup = assignment.Offer.Priority == 1 && world.Dice.Chance(0.15);
            current.NoteAt = current.NeedsBackup || world.Dice.Chance(0.6) ? now + TimeSpan.FromSeconds(stay / 3) : null;
        }
    }

    private async Task NoteAsync(AssignmentOnPhone assignment, bool needsBackup, CancellationToken stopping)
    {
        var incidentId = assignment.Offer.IncidentId;
        Tell("adds a note", (await line.CommandAsync("AddNote", [incidentId, CallScript.Note(world.Dice)], stopping))?.Code);
        if (needsBackup)
        {
            var answer = await world.Api.PostAsync(session, $"incidents/{incidentId}/backup", new { pairs = 1, reason = CallScript.BackupReason }, stopping);
            Tell("asks for backup", answer.IsDone ? null : answer.Code);
        }
    }

    private async Task ReportPositionAsync(CancellationToken stopping)
    {
        var now = world.Now;
        var pace = world.Pace;
        var moving = round.IsMoving(now);
        var interval = !moving ? pace.ReportStanding : job is null ? pace.ReportOnPatrol : pace.ReportOnTheWay;
        if (moving == wasMoving && now < reportedAt + interval)
        {
            return;
        }

        (reportedAt, wasMoving) = (now, moving);
        var at = round.At(now);
        await line.TellAsync("ReportPosition", [pair.Id, at.Lat, at.Lon, now.ToString("O"), 8.0], stopping);
    }

    /// <summary>A refusal by the rules is part of the game: two pairs may answer at once. Anything else is a fault.</summary>
    private void Tell(string what, string? code)
    {
        if (code is not (null or "offerExpired" or "offerNotPending" or "incidentNotOpen" or "incidentFull" or "pairNotFree" or "pairCommitted"
            or "statusOutOfOrder" or "assignmentNotFound" or "pairNotOnDuty"))
        {
            world.Trouble.Report($"{pair.CallSign} {what}", code);
        }
    }
}
