using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Partners;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Partners;

/// <summary>What the tests of the rules have in common: the small organisation, its pack, and some partners.</summary>
internal static class PartnerBench
{
    public static readonly DateTimeOffset Noon = new(2026, 7, 1, 4, 0, 0, TimeSpan.Zero);
    public static readonly OrganisationSnapshot Known = new(1, TestOrganisation.Create());
    public static readonly CommunityInfo NorthWest = Known.Community("north-west")!;
    public static readonly CommandContext Someone = new("key", new Actor("someone", "Someone", "north-2"));

    public static ModelPack Pack => TestPacks.Shipped.Find("red-flower-green-leaf")!;

    public static PatrolComposition OnePlusOne => new("north-1", ["north-1-a"], ["aux-07"]);

    public static PartnerGround GroundOf(string? stationId) => new(stationId, PartnerIds.ForRegistering(stationId, "a", "k"), Pack, Known);

    public static PartnerView Partner(string kind, string? stationId = "north", params string[] communityIds) => new(
        PartnerIds.ForRegistering(stationId, kind, string.Join(',', communityIds)), stationId, kind, Active: true, Version: 1,
        new PartnerDetails($"{kind} of {stationId}")
        {
            CommunityIds = [.. communityIds], Patrol = kind == "patrolTeam" ? OnePlusOne : null,
        });

    /// <summary>The state after decisions, each applied as the grain does; fails where one was refused.</summary>
    public static TState Fold<TState, TEvent>(TState? state, ImmutableArray<TEvent> events, DateTimeOffset at, Func<TState?, Recorded<TEvent>, TState> apply)
        where TState : class =>
        events.Aggregate(state, (s, e) => apply(s, new Recorded<TEvent>(1, at, Someone.Actor, null, e)))!;
}
