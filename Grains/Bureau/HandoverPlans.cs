using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Pairs;

namespace Dispatch.Bureau;

/// <summary>Something that a handover sheet is still to be told.</summary>
/// <param name="Version">The organisation's version after the change that it follows from.</param>
/// <param name="SheetId">Which sheet.</param>
/// <param name="Command">What.</param>
/// <param name="By">In whose name.</param>
public sealed record HandoverErrand(long Version, string SheetId, HandoverCommand Command, Actor By);

/// <summary>A community that a dissolved pair has left, with the sheet that waits for who comes.</summary>
/// <param name="CommunityId">The community.</param>
/// <param name="SheetId">The sheet.</param>
public sealed record LeftCommunity(string CommunityId, string SheetId);

/// <summary>What is to be handed over between officers, as it follows from changes of pairs. Pure.</summary>
/// <param name="Errands">What sheets are still to be told, oldest first.</param>
/// <param name="Left">Communities whose dissolved pair has no follower yet, at most <see cref="MaxLeft"/>, newest last.</param>
public sealed record HandoverPlans(ImmutableArray<HandoverErrand> Errands, ImmutableArray<LeftCommunity> Left)
{
    /// <summary>How many left communities are known; who follows after that is named by nobody, and a supervisor closes the sheet.</summary>
    public const int MaxLeft = 1000;

    /// <summary>Nothing to hand over.</summary>
    public static readonly HandoverPlans None = new([], []);

    /// <summary>The plans after a change.</summary>
    /// <param name="before">The pair as it was; null where it is new.</param>
    /// <param name="after">The pair as it is; as it was where it is dissolved.</param>
    /// <param name="change">The change.</param>
    /// <param name="version">The organisation's version after it.</param>
    /// <param name="by">Who changed it.</param>
    public HandoverPlans Next(PairInfo? before, PairInfo after, PairChange change, long version, Actor by)
    {
        ArgumentNullException.ThrowIfNull(after);
        return (change, before) switch
        {
            (SubstituteMember { OutOfficerId: { } gone } c, { } pair) => With(
                new HandoverErrand(
                    version, HandoverIds.Of(pair.Id, version), Open(pair, c.Reason, pair.Officers.Where(x => x.Id == gone), Newcomers(pair, after)), by)),
            (DissolvePair c, { } pair) => Leave(
                pair.CommunityId, new HandoverErrand(version, HandoverIds.Of(pair.Id, version), Open(pair, c.Reason, pair.Officers, []), by)),
            (FormPair, _) => Follow(after, version, by),
            _ => this,
        };
    }

    /// <summary>The plans without what a sheet was told.</summary>
    public HandoverPlans Told(string sheetId, long version) =>
        this with { Errands = Errands.RemoveAll(x => x.SheetId == sheetId && x.Version == version) };

    private HandoverPlans With(HandoverErrand errand) => this with { Errands = Errands.Add(errand) };

    private HandoverPlans Leave(string communityId, HandoverErrand errand) =>
        With(errand) with { Left = [.. Left.Skip(Left.Length - MaxLeft + 1), new LeftCommunity(communityId, errand.SheetId)] };

    private HandoverPlans Follow(PairInfo pair, long version, Actor by) => this with
    {
        Errands =
        [
            .. Errands,
            .. Left.Where(x => x.CommunityId == pair.CommunityId)
                .Select(x => new HandoverErrand(version, x.SheetId, new NameIncoming(Named(pair.Officers)), by)),
        ],
        Left = Left.RemoveAll(x => x.CommunityId == pair.CommunityId),
    };

    private static OpenHandover Open(PairInfo pair, string reason, IEnumerable<OfficerInfo> outgoing, IEnumerable<OfficerInfo> incoming) =>
        new(pair.Id, pair.CommunityId, pair.StationId, Named(outgoing), Named(incoming), reason);

    private static IEnumerable<OfficerInfo> Newcomers(PairInfo before, PairInfo after) => after.Officers.Where(x => before.Officers.All(y => y.Id != x.Id));

    private static ImmutableArray<HandoverOfficer> Named(IEnumerable<OfficerInfo> officers) => [.. officers.Select(x => new HandoverOfficer(x.Id, x.Name))];
}
