using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>The rules of a tip. Pure.</summary>
public static class TipRules
{
    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before the first event.</param>
    /// <param name="command">The command.</param>
    /// <param name="community">The community of <see cref="LeaveTip"/>; null where there is none.</param>
    /// <param name="pack">The model that the bureau works by.</param>
    public static Decision<TipEvent> Decide(TipState? state, TipCommand command, CommunityInfo? community, ModelPack pack) => (state, command) switch
    {
        (null, LeaveTip c) => Leave(c, community, pack),
        (null, _) => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such tip."),
        (_, LeaveTip) => Refusal.Rule(RefusalCodes.TipAlreadyLeft, "This tip was left already."),
        ({ ClosedAt: not null }, CloseTip c) when c.Outcome == state.Outcome => Decision.Nothing<TipEvent>(),
        ({ ClosedAt: not null }, not TurnTipIntoConcern and not TurnTipIntoIncident) => Refusal.Rule(RefusalCodes.TipClosed, "This tip is closed."),
        (_, AddTipWords c) => WhyNotLetter(state, c.Text, c.TextConfirmed) is { } no ? no : new TipWordsAdded(Wording.Clean(c.Text)!),
        (_, ReplyToTip c) => WhyNotLetter(state, c.Text, c.TextConfirmed) is { } no ? no : new TipReplied(Wording.Clean(c.Text)!),
        (_, TakeTip) => state.TakenAt is null ? new TipTaken() : Decision.Nothing<TipEvent>(),
        (_, TurnTipIntoConcern c) => Into(state.ConcernId, c.ConcernId, new TipBecameConcern(c.ConcernId)),
        (_, TurnTipIntoIncident c) => Into(state.IncidentId, c.IncidentId, new TipBecameIncident(c.IncidentId)),
        (_, CloseTip c) => ResidentText.WhyNotNote(c.Note, c.TextConfirmed) is { } no ? no : new TipClosed(c.Outcome, Wording.Clean(c.Note)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
    };

    /// <summary>As it is shown to those who may see it.</summary>
    public static TipView ViewOf(string id, TipState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new TipView(
            id, MatterIds.Number(MatterKind.Tip, id, state.LeftAt), state.CommunityId, state.StationId, state.Status, state.Category, state.Text, state.LeftAt)
        {
            Version = version,
            Location = state.Location,
            Letters = state.Letters,
            TakenBy = state.TakenBy,
            TakenAt = state.TakenAt,
            ConcernId = state.ConcernId,
            IncidentId = state.IncidentId,
            ClosedAt = state.ClosedAt,
            Outcome = state.Outcome,
            Note = state.Note,
        };
    }

    private static Decision<TipEvent> Leave(LeaveTip c, CommunityInfo? community, ModelPack pack)
    {
        if (community is null)
        {
            return Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.");
        }

        if (c.Category is { } category && category != TipView.AboutPolice && !pack.HasConcernCategory(category))
        {
            return Refusal.Invalid(RefusalCodes.CategoryNotFound, "category", $"There is no category '{category}'.");
        }

        if (c.Location is { IsValid: false })
        {
            return Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "location is no place on earth.");
        }

        return ResidentText.WhyNot("text", c.Text, c.TextConfirmed) is { } refusal
            ? refusal
            : new TipLeft(community.Id, community.StationId, c.Category, Wording.Clean(c.Text)!, c.Location?.Rounded(), c.ClaimDigest);
    }

    private static Refusal? WhyNotLetter(TipState state, string text, bool confirmed) =>
        state.Letters.Length >= ResidentText.MostLetters
            ? Refusal.Rule(RefusalCodes.LettersFull, $"There are {ResidentText.MostLetters} letters already.")
            : ResidentText.WhyNot("text", text, confirmed);

    private static Decision<TipEvent> Into(string? known, string id, TipEvent happened) =>
        known == id ? Decision.Nothing<TipEvent>()
        : known is not null ? Refusal.Rule(RefusalCodes.TipTurnedAlready, "That came of this tip already.")
        : happened;
}
