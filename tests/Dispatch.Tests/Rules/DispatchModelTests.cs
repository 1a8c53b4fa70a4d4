using System.Collections.Immutable;
using CsCheck;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>
/// Random commands, repeats, stale commands, and deaths between a pair's write and its incident's, against the pure rules of several incidents
/// and pairs. After every step I1 and I2 hold; once everyone was asked again, both sides say the same.
/// </summary>
public sealed class DispatchModelTests
{
    private const int Incidents = 3;
    private const int Pairs = 3;

    [Fact]
    public void Rules_AnyCommandsInAnyOrder_KeepOnePairAtOneIncidentAndNoIncidentOverfull() =>
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, Incidents - 1], Gen.Int[0, Pairs - 1], Gen.Int[0, 7]).Array[1, 80].Sample(
            steps =>
            {
                var world = new World();
                foreach (var (what, incident, pair, how) in steps)
                {
                    world.Step(what, incident, pair, how);
                    world.CheckInvariants();
                }

                world.AskEveryone();
                world.CheckAgreement();
            },
            iter: 15_000);

    private sealed class World
    {
        private static readonly PairInfo[] Infos = [.. TestOrganisation.Create().Pairs.Take(Pairs)];
        private readonly IncidentState?[] incidents = new IncidentState?[Incidents];
        private readonly PairState?[] pairs = new PairState?[Pairs];
        private readonly long[] versions = new long[Incidents + Pairs];
        private DateTimeOffset now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        private int offers;

        public void Step(int what, int i, int p, int how)
        {
            now += TimeSpan.FromSeconds(how);
            switch (what)
            {
                case 0: Open(i, 1 + (how % 2)); break;
                case 1: DecidePair(p, new SignOn([.. Infos[p].Officers.Select(x => x.Id)])); break;
                case 2: DecidePair(p, how == 0 ? new SignOff() : new SetActivity((PairActivity)how)); break;
                case 3 or 4: Offer(i, p, OfferMode.Offer, dies: how == 7); break;
                case 5: Offer(i, p, OfferMode.Assign, dies: how == 7); break;
                case 6 or 7: Accept(i, how, dies: how >= 6); break;
                case 8: DecideIncident(i, s => PickOffer(s, how) is { } id ? IncidentRules.Decide(s, new DeclineOffer(id, "busy"), now) : default); break;
                case 9: Progress(i, p, how); break;
                case 10: DecideIncident(i, s => IncidentRules.Expire(s, now)); break;
                default: DecideIncident(i, s => IncidentRules.Decide(s, Lifecycle(how), now)); break;
            }
        }

        /// <summary>I1 and I2, as the two sides have them: what an incident holds committed, the pair holds too, and no more than was asked for.</summary>
        public void CheckInvariants()
        {
            var committed = incidents.Where(x => x is not null)
                .SelectMany(x => x!.Assignments.Where(a => a.Status.Commits()).Select(a => (a.PairId, Incident: x.Id)))
                .ToList();
            Assert.Equal(committed.Count, committed.DistinctBy(x => x.PairId).Count());
            foreach (var (pairId, incident) in committed)
            {
                Assert.Equal(incident, pairs[Array.FindIndex(Infos, x => x.Id == pairId)]?.Commitment?.Offer.IncidentId);
            }

            foreach (var incident in incidents.Where(x => x is not null))
            {
                Assert.InRange(incident!.ActiveAssignments, 0, incident.PairsNeeded);
                Assert.Equal(incident.Offers.Length, incident.Offers.DistinctBy(x => x.Id).Count());
            }
        }

        /// <summary>Recovery: every pair asks about its commitment, every incident tells its pairs again.</summary>
        public void AskEveryone()
        {
            for (var p = 0; p < Pairs; p++)
            {
                if (pairs[p]?.Commitment?.Offer is { } offer)
                {
                    var i = Array.FindIndex(incidents, x => x?.Id == offer.IncidentId);
                    var (status, decision) = IncidentRules.Resolve(incidents[i], Infos[p].Id, offer.Id, now);
                    ApplyTo(i, decision);
                    if (!status.Commits())
                    {
                        DecidePair(p, new ReleasePair(offer.IncidentId, offer.Id));
                    }
                }
            }
        }

        public void CheckAgreement()
        {
            CheckInvariants();
            for (var p = 0; p < Pairs; p++)
            {
                var held = pairs[p]?.Commitment?.Offer;
                Assert.Equal(held is not null, incidents.Any(x => x?.ActiveAssignment(Infos[p].Id)?.OfferId == held?.Id && held is not null));
            }
        }

        private static IncidentCommand Lifecycle(int how) => how switch
        {
            0 or 1 => new CloseIncident("settled"),
            2 => new CancelIncident("test"),
            3 => new HoldIncident("test"),
            4 => new RequestBackup(1, "test"),
            _ => new ReopenIncident("test"),
        };

        private void Open(int i, int needed)
        {
            var community = TestOrganisation.Create().Communities[0];
            var decision = IncidentRules.Open(
                incidents[i], new OpenIncident("dispute", 2, TestOrganisation.InNorthWest, "test", PairsNeeded: needed), community, $"n{i}");
            ApplyTo(i, decision);
        }

        private void Offer(int i, int p, OfferMode mode, bool dies)
        {
            var command = new OfferPairs([Infos[p].Id], mode, "test", 20);
            if (incidents[i] is not { } state || IncidentRules.CheckOffering(state, command) is not null)
            {
                return;
            }

            var offer = state.ForPair(IncidentIds.ForOffer(state.Id, $"{++offers}", Infos[p].Id), now, now.AddSeconds(20));
            var refusal = DecidePair(p, mode == OfferMode.Assign ? new CommitPair(offer, CommandContext.System) : new ReceiveOffer(offer));
            if (dies)
            {
                // The incident dies before it writes: the pair knows of something that the incident does not.
                AskOne(p);
                return;
            }

            ApplyTo(i, IncidentRules.Offered(state, command, null, [new AskedPair(Infos[p].Id, offer.Id, refusal?.Code)], now.AddSeconds(20)));
        }

        private void Accept(int i, int how, bool dies)
        {
            if (incidents[i] is not { } state || PickOffer(state, how) is not { } id || IncidentRules.CheckAccepting(state, id, now) is not null)
            {
                return;
            }

            var offer = state.Offer(id)!;
            var p = Array.FindIndex(Infos, x => x.Id == offer.PairId);
            var refusal = DecidePair(p, new CommitPair(state.ForPair(id, offer.OfferedAt, offer.ExpiresAt), CommandContext.System));
            if (dies)
            {
                AskOne(p);
                return;
            }

            ApplyTo(i, IncidentRules.Accepted(state, id, refusal));
        }

        private void AskOne(int p)
        {
            if (pairs[p]?.Commitment?.Offer is { } offer)
            {
                now += TimeSpan.FromSeconds(3);
                var i = Array.FindIndex(incidents, x => x?.Id == offer.IncidentId);
                var (status, decision) = IncidentRules.Resolve(incidents[i], Infos[p].Id, offer.Id, now);
                ApplyTo(i, decision);
                if (!status.Commits())
                {
                    DecidePair(p, new ReleasePair(offer.IncidentId, offer.Id));
                }
            }
        }

        private void Progress(int i, int p, int how) => DecideIncident(i, s => IncidentRules.Decide(
            s, new SetAssignmentStatus(Infos[p].Id, (AssignmentStatus)((int)AssignmentStatus.EnRoute + (how % 4))), now));

        private static string? PickOffer(IncidentState state, int how) =>
            state.Offers.IsEmpty ? null : state.Offers[how % state.Offers.Length].Id;

        private void DecideIncident(int i, Func<IncidentState, Decision<IncidentEvent>> decide)
        {
            if (incidents[i] is { } state)
            {
                ApplyTo(i, decide(state));
            }
        }

        private void ApplyTo(int i, Decision<IncidentEvent> decision)
        {
            foreach (var happened in decision.Events.IsDefault ? [] : decision.Events)
            {
                incidents[i] = IncidentState.Apply(
                    $"incident-{i}", incidents[i], new Recorded<IncidentEvent>(++versions[i], now, Actor.System, null, happened));
            }

            // Every effect is told twice: telling again must do no harm.
            foreach (var effect in (incidents[i]?.Effects ?? []).SelectMany(x => new[] { x, x }))
            {
                var p = Array.FindIndex(Infos, x => x.Id == effect.PairId);
                if (effect.Kind != PairEffectKind.Progress)
                {
                    DecidePair(p, effect.Kind == PairEffectKind.Release
                        ? new ReleasePair($"incident-{i}", effect.OfferId)
                        : new SettleOffer(effect.OfferId, effect.OfferStatus));
                }
            }

            incidents[i] = incidents[i] is { } told ? told with { Effects = ImmutableArray<PairEffect>.Empty } : null;
        }

        private Refusal? DecidePair(int p, PairCommand command)
        {
            var decision = PairRules.Decide(pairs[p], Infos[p], command, now);
            foreach (var happened in decision.Events)
            {
                pairs[p] = PairState.Apply(pairs[p], new Recorded<PairEvent>(++versions[Incidents + p], now, Actor.System, null, happened));
            }

            return decision.Refusal;
        }
    }
}
