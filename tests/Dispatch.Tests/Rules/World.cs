using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Stations;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>A few incidents and pairs that are driven through their pure rules the way their grains drive them.</summary>
internal sealed class World(ConcurrentDictionary<string, int> happened, List<string>? trace = null)
{
    /// <summary>How many incidents there are.</summary>
    public const int Incidents = 3;

    /// <summary>How many pairs there are.</summary>
    public const int Pairs = 3;

    /// <summary>How many kinds of steps there are.</summary>
    public const int Steps = 35;

    private static readonly Organisation Organisation = TestOrganisation.Create();
    private static readonly PairInfo[] Infos = [.. Organisation.Pairs.Take(Pairs)];
    private static readonly ResponseTimers Timers = ResponseTimers.Default;
    private readonly IncidentState?[] incidents = new IncidentState?[Incidents];
    private readonly PairState?[] pairs = new PairState?[Pairs];
    private readonly long[] versions = new long[Incidents + Pairs];
    private readonly List<(int Pair, PairCommand Command)> sent = [];
    private readonly List<(int To, string From, IncidentMessage Message)> said = [];
    private readonly List<Action> died = [];
    private readonly List<(int Pair, ReleasePair Release)> unheard = [];
    private readonly int[] asked = new int[Pairs];
    private DateTimeOffset now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private int requests;

    /// <summary>One step: what is done, to which incident and pair, and how.</summary>
    public void Step(int what, int i, int p, int how)
    {
        now += TimeSpan.FromSeconds(how);
        trace?.Add($"step {what}: incident {i}, pair {p}, how {how}, at {now:HH:mm:ss}");
        switch (what)
        {
            case 0 or 1: Open(i, how); break;
            case 2 or 3: Pair(p, new SignOn([.. Infos[p].Officers.Select(x => x.Id)])); break;
            case 4: Pair(p, how < 4 ? new SignOff(how > 1) : OfCommunity(how)); break;
            case 5 or 6: Offer(i, p, OfferMode.Offer, how); break;
            case 7 or 8: Offer(i, p, OfferMode.Assign, how); break;
            case 9: Offer(i, p, OfferMode.Stack, how); break;
            case 10: Offer(i, p, OfferMode.Reserve, how); break;
            case 11 or 12: Accept(i, how); break;
            case 13: Decide(i, s => PickOffer(s, how) is { } id ? (how == 7 ? new WithdrawOffer(id) : new DeclineOffer(id, "busy", how > 3 ? "now" : null)) : null); break;
            case 14 or 15 or 16: Decide(i, _ => new SetAssignmentStatus(Infos[p].Id, (AssignmentStatus)((int)AssignmentStatus.EnRoute + (how % 4)))); break;
            case 17: Expire(i); break;
            case 18: StartScheduled(i, dies: how == 7); break;
            case 19: Decide(i, _ => new CancelAssignment(Infos[p].Id, "test")); break;
            case 20: HandOver(i, p, how); break;
            case 21: Pair(p, new FreePair("stuck")); break;
            case 22: Member(p, how); break;
            case 23: Panic(i, p, how); break;
            case 24: NextAutoOffer(i, how); break;
            case 25: Decide(i, _ => how < 4 ? new MergeIncident($"incident-{how % Incidents}") : new UndoMerge()); break;
            case 26: Decide(i, _ => how < 4 ? new LinkIncident($"incident-{how % Incidents}") : new UnlinkIncident($"incident-{how % Incidents}")); break;
            case 27: DecideOpenAgain(i, how); break;
            case 28: Repeat(how); break;
            case 29: RunErrands(p); break;
            case 30: PassOnWord(i); break;
            case 31: AskWithoutHearing(p); break;
            case 32: SendAgain(how); break;
            case 33: Decide(i, s => new ReclassifyIncident(how < 4 ? null : "traffic", how == 7 ? null : 1 + (how % 4), "test")); break;
            default: Decide(i, s => Lifecycle(s, how)); break;
        }
    }

    /// <summary>
    /// I1 and I2, as the two sides have them: what an incident holds committed, its pair holds too (unless a supervisor freed the pair and the
    /// incident has not heard of it), and no more than was asked for.
    /// </summary>
    public void CheckInvariants()
    {
        var committed = incidents.Where(x => x is not null)
            .SelectMany(x => x!.Assignments.Where(a => a.Status.Commits()).Select(a => (Pair: IndexOf(a.PairId), Incident: x.Id, a.OfferId)))
            .Where(x => pairs[x.Pair]!.Freed.All(f => f.OfferId != x.OfferId))
            .ToList();
        Assert.Equal(committed.Count, committed.DistinctBy(x => x.Pair).Count());
        foreach (var (pair, incident, offerId) in committed)
        {
            Assert.Equal((incident, offerId), (pairs[pair]?.Commitment?.Offer.IncidentId, pairs[pair]?.Commitment?.Offer.Id));
        }

        foreach (var incident in incidents.OfType<IncidentState>())
        {
            Assert.InRange(incident.ActiveAssignments, 0, incident.PairsNeeded);
            Assert.Equal(incident.Offers.Length, incident.Offers.DistinctBy(x => x.Id).Count());
            Assert.Equal(incident.Assignments.Length, incident.Assignments.DistinctBy(x => x.OfferId).Count());
            Assert.True(incident.IsOpen || !incident.PendingOffers.Any(), "An incident that has ended offers nothing.");
            Assert.True(incident.IsOpen || !incident.Assignments.Any(x => x.Status.IsLive()), "An incident that has ended holds no pair.");
            Assert.Equal(incident.Phase == IncidentPhase.Merged, incident.MergedInto is not null);
        }
    }

    /// <summary>Recovery: everybody passes on what was not, and asks about what is not confirmed, until nothing changes any more.</summary>
    public void Recover()
    {
        long before;
        var rounds = 0;
        do
        {
            Assert.True(++rounds < 100, "Recovery does not come to an end.");
            before = versions.Sum();
            now += ReleasePair.KeptFor;
            HearLate();
            for (var i = 0; i < Incidents; i++)
            {
                PassOnWord(i);
                Expire(i);
                StartScheduled(i, dies: false);
            }

            for (var p = 0; p < Pairs; p++)
            {
                RunErrands(p);
            }
        }
        while (versions.Sum() != before);
    }

    /// <summary>After recovery both sides of every part say the same, and nothing is left over.</summary>
    public void CheckAgreement()
    {
        CheckInvariants();
        for (var p = 0; p < Pairs; p++)
        {
            var held = pairs[p]?.Commitment?.Offer;
            Assert.Equal(held?.Id, incidents.Select(x => x?.ActiveAssignment(Infos[p].Id)?.OfferId).FirstOrDefault(x => x is not null));
            Assert.True(pairs[p]?.Freed.IsEmpty ?? true);
            Assert.All(pairs[p]?.Offers ?? [], x => Assert.True(x.ExpiresAt > now - ReleasePair.KeptFor, "I6: no offer is shown past its time."));
            foreach (var waiting in incidents.Select(x => x?.LiveAssignment(Infos[p].Id)).OfType<AssignmentView>().Where(x => x.Status.Waits()))
            {
                Assert.True(pairs[p]!.Waits(waiting.OfferId), "A part that waits is in the pair's queue, or it would wait for ever.");
            }

            foreach (var told in (pairs[p]?.Held ?? []).Concat(pairs[p]?.Offers ?? []))
            {
                var incident = incidents.First(x => x?.Id == told.IncidentId)!;
                if (incident.PendingOffers.Any(x => x.Id == told.Id) || incident.LiveAssignment(Infos[p].Id)?.OfferId == told.Id)
                {
                    Assert.Equal((incident.Category, incident.Priority), (told.Category, told.Priority));
                }
            }
        }

        foreach (var incident in incidents.OfType<IncidentState>())
        {
            Assert.Empty(incident.Messages);
            Assert.True(incident.IsOpen || incident.PanicPairId is not { } pairId || pairs[IndexOf(pairId)]?.Panic?.IncidentId != incident.Id);
            Assert.All(incident.PendingOffers, x => Assert.True(x.ExpiresAt > now, "I6: no offer stays pending past its time."));
            foreach (var other in incidents.OfType<IncidentState>().Where(x => x.Id != incident.Id))
            {
                Assert.Equal(incident.Links.Contains(other.Id), other.Links.Contains(incident.Id));
                Assert.Equal(incident.MergedInto == other.Id, other.Merged.Any(x => x.Id == incident.Id && x.Via == incident.Id));
            }
        }
    }

    private static IncidentCommand Lifecycle(IncidentState state, int how) => how switch
    {
        0 => new CloseIncident("settled", "note"),
        1 => new CancelIncident("test"),
        2 => state.Phase == IncidentPhase.OnHold ? new ResumeIncident("test") : new HoldIncident("test"),
        3 => new RequestBackup(1, "test", Auto: false),
        4 => new RequestBackup(1, "test", Auto: true),
        5 => new TransferIncident(Organisation.Stations[^1].Id, "test"),
        6 => new DivertIncident("12345", "test"),
        _ => new AddNote("test"),
    };

    private static int IndexOf(string pairId) => Array.FindIndex(Infos, x => x.Id == pairId);

    private static string? PickOffer(IncidentState state, int how) =>
        state.Offers.IsEmpty ? null : state.Offers[^(1 + (how % Math.Min(3, state.Offers.Length)))].Id;

    private void Open(int i, int how) => ApplyTo(i, IncidentRules.Open(
        incidents[i],
        new OpenIncident(
            "dispute", 1 + (how % 4), TestOrganisation.InNorthWest, "test", PairsNeeded: 1 + (how % 2), ScheduledFor: how == 7 ? now.AddSeconds(15) : null),
        Organisation.Communities[0],
        new RegisteredOpening($"n{i}", []),
        Timers,
        now));

    private void DecideOpenAgain(int i, int how) => Decide(i, s => s.MergedInto is null ? new ReopenIncident("test") : how < 2 ? new UndoMerge("test") : null);

    private void Decide(int i, Func<IncidentState, IncidentCommand?> command)
    {
        if (incidents[i] is not { } state || command(state) is not { } c || IncidentRules.Validate(c) is not null)
        {
            return;
        }

        if (c is MergeIncident { IntoId: var into } && incidents.FirstOrDefault(x => x?.Id == into)?.IsOpen != true)
        {
            return;
        }

        if (c is LinkIncident { OtherId: var other } && incidents.All(x => x?.Id != other))
        {
            return;
        }

        ApplyTo(i, IncidentRules.Decide(state, c, now, Timers));
    }

    private void Offer(int i, int p, OfferMode mode, int how)
    {
        var command = new OfferPairs(
            [Infos[p].Id], mode, "test", 20, Preempt: how is 1 or 2 && mode is OfferMode.Offer or OfferMode.Assign, OverrideReason: how == 3 ? "none else" : null);
        if (incidents[i] is not { } state || IncidentRules.Validate(command) is not null || IncidentRules.CheckOffering(state, command) is not null)
        {
            return;
        }

        Offer(i, p, command, IncidentIds.ForOffer(state.Id, $"{++requests}", Infos[p].Id), dies: how == 7);
    }

    private void Offer(int i, int p, OfferPairs command, string offerId, bool dies)
    {
        if (incidents[i] is not { } state || IncidentRules.CheckOffering(state, command) is not null)
        {
            return;
        }

        var offer = state.ForPair(offerId, now, now.AddSeconds(20), command.Preempt, command.OverrideReason);
        var refusal = command.Mode switch
        {
            OfferMode.Offer => Pair(p, new ReceiveOffer(offer)),
            OfferMode.Assign => CommitOrTake(p, offer),
            _ => Pair(p, new QueueWork(offer, command.Mode == OfferMode.Reserve ? state.ScheduledFor : null, CommandContext.System)),
        };
        if (dies)
        {
            // The incident dies before it writes: the pair knows of something that the incident does not. Its sender sends it again.
            died.Add(() => Offer(i, p, command, offerId, dies: false));
        }
        else
        {
            ApplyTo(i, IncidentRules.Offered(incidents[i]!, command, null, [Asked(p, offer.Id, refusal)], now.AddSeconds(20)));
        }
    }

    private void Accept(int i, int how)
    {
        if (incidents[i] is not { } state || PickOffer(state, how) is not { } id || IncidentRules.CheckAccepting(state, id, now) is not null)
        {
            return;
        }

        var offer = state.Offer(id)!;
        var refusal = CommitOrTake(IndexOf(offer.PairId), state.ForPair(id, offer.OfferedAt, offer.ExpiresAt, offer.Preempts, offer.OverrideReason));
        if (how < 6)
        {
            ApplyTo(i, IncidentRules.Accepted(incidents[i]!, id, refusal, refusal is null ? pairs[IndexOf(offer.PairId)]!.PresentOfficerIds : null));
        }
    }

    /// <summary>Commits a pair, taking it from an incident of lower priority where the offer may.</summary>
    private Refusal? CommitOrTake(int p, PairOffer offer)
    {
        var commit = new CommitPair(offer, CommandContext.System);
        var refusal = Pair(p, commit);
        if (!offer.Preempts || refusal?.Code != RefusalCodes.PairNotFree)
        {
            return refusal;
        }

        if (pairs[p]!.Commitment?.Offer is { } held)
        {
            var loser = Array.FindIndex(incidents, x => x?.Id == held.IncidentId);
            if (held.IncidentId == offer.IncidentId || held.Priority <= offer.Priority)
            {
                return refusal;
            }

            var decision = IncidentRules.Yield(
                incidents[loser]!, new YieldPair(Infos[p].Id, held.Id, offer.IncidentId, offer.Number, offer.Priority, offer.Id), Timers);
            if (decision.Refusal is not null)
            {
                return decision.Refusal;
            }

            ApplyTo(loser, decision);
        }

        return Pair(p, commit);
    }

    private void HandOver(int i, int p, int how)
    {
        var to = (p + 1 + (how % 2)) % Pairs;
        var command = new HandOverAssignment(Infos[p].Id, Infos[to].Id, "test");
        if (incidents[i] is not { } state || IncidentRules.CheckHandingOver(state, command) is not null)
        {
            return;
        }

        var part = state.LiveAssignment(Infos[p].Id)!;
        var offer = state.ForPair(IncidentIds.ForOffer(state.Id, $"{++requests}", Infos[to].Id), now, now);
        var refusal = Pair(to, part.Status.Commits()
            ? new CommitPair(offer, CommandContext.System)
            : new QueueWork(offer, part.Status == AssignmentStatus.Reserved ? state.ScheduledFor : null, CommandContext.System));
        if (how != 7)
        {
            ApplyTo(i, IncidentRules.HandedOver(state, command, null, Asked(to, offer.Id, refusal), refusal));
        }
    }

    private void StartScheduled(int i, bool dies)
    {
        if (incidents[i] is not { } state || !IncidentRules.IsScheduleDue(state, now))
        {
            return;
        }

        var asked = new List<AskedPair>();
        foreach (var part in state.Assignments.Where(x => x.Status == AssignmentStatus.Reserved))
        {
            var p = IndexOf(part.PairId);
            var offer = state.ForPair(part.OfferId, part.OfferedAt, part.OfferedAt, overrideReason: state.Offer(part.OfferId)!.OverrideReason);
            var refusal = Pair(p, new CommitPair(offer, CommandContext.System));
            if (refusal?.Code == RefusalCodes.PairNotFree)
            {
                refusal = Pair(p, new QueueWork(offer, null, CommandContext.System));
            }

            asked.Add(Asked(p, part.OfferId, refusal));
        }

        if (!dies)
        {
            ApplyTo(i, IncidentRules.Start(state, [.. asked], Timers));
        }
    }

    private void NextAutoOffer(int i, int how)
    {
        if (incidents[i] is not { } state)
        {
            return;
        }

        if (how == 0)
        {
            ApplyTo(i, IncidentRules.CheckOffering(state, new OfferPairs(Auto: true)) is null ? new AutoOfferStarted(20) : Decision.Nothing<IncidentEvent>());
        }

        var step = IncidentRules.NextAutoOffer(incidents[i]!, Timers);
        if (step.Event is { } first)
        {
            ApplyTo(i, first);
        }

        foreach (var p in Enumerable.Range(0, Pairs).Where(x => !step.ExcludedPairIds.Contains(Infos[x].Id)).Take(step.Wanted))
        {
            Offer(i, p, OfferMode.Offer, how: 1);
        }
    }

    private void Member(int p, int how)
    {
        var officer = Infos[p].Officers[how % Infos[p].Officers.Length].Id;
        Pair(p, how < 3 ? new MemberLeaves(officer, "doctor") : new MemberReturns(officer));
    }

    private static PairCommand OfCommunity(int how) => how switch
    {
        6 => new TakeFromCommunity("south", "market"),
        7 => new GiveBack(),
        _ => new SetActivity((PairActivity)how),
    };

    private void Panic(int i, int p, int how)
    {
        if (how > 1)
        {
            return;
        }

        Pair(p, new RaisePanic(null, "help"));
        if (pairs[p]?.Panic is { } panic && incidents[i] is null)
        {
            // In this world the incident's id is its place; the pair's call is brought in line with it.
            pairs[p] = pairs[p]! with { Panic = panic with { IncidentId = $"incident-{i}" } };
            var workingOn = incidents.Any(x => x?.Id == panic.WorkingOn) ? panic.WorkingOn : null;
            ApplyTo(i, IncidentRules.OpenPanic(
                null, new OpenPanicIncident(Infos[p].Id, panic.Location, Organisation.Communities[0].Id, "help", workingOn), Organisation.Communities[0], $"n{i}", Timers));
        }
    }

    private void Expire(int i)
    {
        if (incidents[i] is { IsOpen: true } state)
        {
            ApplyTo(i, IncidentRules.Expire(state, now));
        }
    }

    /// <summary>Something that was said before is said again, late.</summary>
    private void Repeat(int how)
    {
        if (sent.Count > 0)
        {
            var (p, command) = sent[Math.Max(0, sent.Count - 1 - (how * 3))];
            Pair(p, command);
        }

        if (said.Count > 0)
        {
            var (to, from, message) = said[Math.Max(0, said.Count - 1 - how)];
            Hear(to, from, message);
        }
    }

    /// <summary>What a pair does by itself: tells what it was freed of, asks about a commitment, starts the next.</summary>
    private void RunErrands(int p)
    {
        foreach (var part in pairs[p]?.Freed ?? [])
        {
            var i = Array.FindIndex(incidents, x => x?.Id == part.IncidentId);
            ApplyTo(i, IncidentRules.ForgetPart(incidents[i]!, Infos[p].Id, part.OfferId, part.Reason));
            Pair(p, new ForgetFreed(part.OfferId));
        }

        if (pairs[p]?.Commitment is { Offer: var offer, OfficerIds: var officers })
        {
            var i = Array.FindIndex(incidents, x => x?.Id == offer.IncidentId);
            var (status, decision) = IncidentRules.Resolve(incidents[i], Infos[p].Id, offer.Id, now, officers ?? []);
            ApplyTo(i, decision);
            if (!status.Commits())
            {
                Pair(p, new ReleasePair(offer.IncidentId, offer.Id, Unless: $"{asked[p]}"));
            }
        }

        Pair(p, new CatchUp());
    }

    /// <summary>A pair asks about its commitment and is told to let go, but hears it only later.</summary>
    private void AskWithoutHearing(int p)
    {
        if (pairs[p]?.Commitment is { Offer: var offer, OfficerIds: var officers })
        {
            var i = Array.FindIndex(incidents, x => x?.Id == offer.IncidentId);
            var before = $"{asked[p]}";
            var (status, decision) = IncidentRules.Resolve(incidents[i], Infos[p].Id, offer.Id, now, officers ?? []);
            ApplyTo(i, decision);
            if (!status.Commits())
            {
                unheard.Add((p, new ReleasePair(offer.IncidentId, offer.Id, Unless: before)));
            }
        }
    }

    /// <summary>Hears what it did not hear before; what it was asked for again meanwhile stays.</summary>
    private void HearLate()
    {
        foreach (var (p, release) in unheard)
        {
            Pair(p, release);
        }

        unheard.Clear();
    }

    /// <summary>A request whose incident died is sent again under its id; or a pair hears late what it asked.</summary>
    private void SendAgain(int how)
    {
        if (how < 4 && died.Count > 0)
        {
            died[^1]();
        }
        else
        {
            HearLate();
        }
    }

    private AskedPair Asked(int p, string offerId, Refusal? refusal) => refusal is not null
        ? new AskedPair(Infos[p].Id, offerId, refusal.Code)
        : new AskedPair(Infos[p].Id, offerId, null, pairs[p]!.PresentOfficerIds, pairs[p]!.Commitment?.Offer.Id == offerId);

    private void ApplyTo(int i, Decision<IncidentEvent> decision)
    {
        foreach (var one in decision.Events)
        {
            Happened($"incident-{i}", one);
            incidents[i] = IncidentState.Apply(
                $"incident-{i}", incidents[i], new Recorded<IncidentEvent>(++versions[i], now, Actor.System, null, one));
        }

        // Now and then word is not passed on; it stays in the record and is passed on later, in order.
        if (versions[i] % 4 != 0)
        {
            PassOnWord(i);
        }
    }

    private void PassOnWord(int i)
    {
        if (incidents[i] is not { } state)
        {
            return;
        }

        incidents[i] = state with { Effects = [], Messages = [] };

        // Everything is told twice: telling again must do no harm.
        foreach (var effect in state.Effects.SelectMany(x => new[] { x, x }))
        {
            switch (effect.Kind)
            {
                case PairEffectKind.Release: Pair(IndexOf(effect.PairId), new ReleasePair(state.Id, effect.OfferId, effect.KeepFor)); break;
                case PairEffectKind.Settle: Pair(IndexOf(effect.PairId), new SettleOffer(effect.OfferId, effect.OfferStatus)); break;
                case PairEffectKind.EndPanic: Pair(IndexOf(effect.PairId), new EndPanic(state.Id)); break;
                case PairEffectKind.Reclassify: Pair(IndexOf(effect.PairId), new ReclassifyOffer(effect.OfferId, effect.Class!)); break;
            }
        }

        foreach (var message in state.Messages)
        {
            var to = Array.FindIndex(incidents, x => x?.Id == message.ToId);
            said.Add((to, state.Id, message));
            if (Hear(to, state.Id, message) && incidents[i]!.MergedInto == message.ToId)
            {
                ApplyTo(i, IncidentRules.Decide(incidents[i]!, new UndoMerge("ended"), now, Timers));
            }
        }
    }

    /// <summary>Whether the other refused to be the one that carries on.</summary>
    private bool Hear(int to, string from, IncidentMessage message)
    {
        var decision = IncidentRules.Hear(incidents[to]!, from, message);
        ApplyTo(to, decision);
        return decision.Refusal is not null && message.Kind == IncidentMessageKind.Absorb;
    }

    private void Happened(string to, object one)
    {
        happened.AddOrUpdate(one.GetType().Name, 1, (_, n) => n + 1);
        trace?.Add($"  {to}: {one}");
    }

    private Refusal? Pair(int p, PairCommand command)
    {
        sent.Add((p, command));
        asked[p] += command is CommitPair or QueueWork ? 1 : 0;
        if (command is ReleasePair { Unless: { } before } && before != $"{asked[p]}")
        {
            command = new CatchUp();
        }

        var decision = PairRules.Decide(pairs[p], Infos[p], command, new CommandContext($"{sent.Count}", Actor.System), now, TestOrganisation.InNorthWest);
        decision = PresenceRules.Count(pairs[p], command, decision, new PresenceCounted(now, [new PresenceDay(new DateOnly(2026, 11, 23), 60, 0, 0)]));
        foreach (var one in decision.Events)
        {
            Happened(Infos[p].Id, one);
            pairs[p] = PairState.Apply(pairs[p], new Recorded<PairEvent>(++versions[Incidents + p], now, Actor.System, null, one));
        }

        return decision.Refusal;
    }
}
