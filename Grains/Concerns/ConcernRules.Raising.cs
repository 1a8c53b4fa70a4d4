using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <content>Raising a concern.</content>
public static partial class ConcernRules
{
    /// <summary>What cannot be in the command whatever is looked up; null where all can. Asked before anything of it is sealed.</summary>
    public static Refusal? WhyNot(RaiseConcern c, ModelPack pack)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(pack);
        return !pack.HasConcernCategory(c.Category) ? Refusal.Invalid(RefusalCodes.CategoryNotFound, "category", "The model has no such category.")
            : Wording.WhyNotNeeded("title", c.Title, MostTitle, c.TextConfirmed)
            ?? Wording.WhyNot("description", c.Description, MostDescription, c.TextConfirmed)
            ?? Wording.WhyNot("placeName", c.PlaceName, MostPlace, c.TextConfirmed)
            ?? (c.Location is { IsValid: false } ? Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "location is no place on earth.") : null)
            ?? WhyNotInteractions(c.InteractionIds, least: c.Source == ConcernSource.Interaction ? 1 : 0)
            ?? (c.Source == ConcernSource.Incident && c.IncidentId is null
                ? Refusal.Invalid(RefusalCodes.ValueMissing, "incidentId", "Say which incident it comes from.")
                : null)
            ?? c.Reporter?.WhyNot("reporter");
    }

    /// <summary>The age group of a person by the year of birth, the younger one where the birthday decides.</summary>
    public static MinorAge? MinorBy(int? birthYear, DateTimeOffset now) => (now.ToOffset(WorkCalendar.Zone).Year - birthYear) switch
    {
        <= 14 => MinorAge.Under14,
        <= 16 => MinorAge.Under16,
        _ => null,
    };

    private static Decision<ConcernEvent> Raise(RaiseConcern c, ConcernSurroundings around) =>
        WhyNot(c, around.Pack) is { } fault ? fault
        : around.StationId is not { } station ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{c.CommunityId}'.")
        : c.IncidentId is not null && !around.IncidentExists
            ? Refusal.Invalid(RefusalCodes.IncidentNotFound, "incidentId", "There is no such incident.")
        : c.Owner is { } owner && WhyNotOwner(owner, around) is { } refusal ? refusal
        : new ConcernRaised(ViewOf(c, station, around), around.Reporter);

    private static ConcernView ViewOf(RaiseConcern c, string station, ConcernSurroundings around) => new(
        around.Id, MatterIds.Number(MatterKind.Concern, around.Id, around.Now), c.CommunityId, station, c.Source, c.Category, Wording.Clean(c.Title)!,
        around.Now, around.By.Name)
    {
        Description = Wording.Clean(c.Description),
        PlaceName = Wording.Clean(c.PlaceName),
        Location = c.Location?.Rounded(),
        InteractionIds = [.. c.InteractionIds.Distinct()],
        IncidentId = c.IncidentId,
        Owner = c.Owner,
        DueAt = AnswerDue(around),
        FirstDueAt = AnswerDue(around),
        Persons = around.Reporter is { } reporter ? [reporter.View()] : [],
    };

    private static DateTimeOffset AnswerDue(ConcernSurroundings around) => around.Pack.Due(around.Pack.Clocks.ConcernAnswer, around.Now);

    private static Refusal? WhyNotInteractions(ImmutableArray<string> ids, int least) =>
        ids.IsDefault || ids.Length < least ? Refusal.Invalid(RefusalCodes.ValueMissing, "interactionIds", "Say which interactions it comes from.")
        : ids.Length > MostInteractions ? Refusal.Invalid(RefusalCodes.TooMany, "interactionIds", $"interactionIds are at most {MostInteractions}.")
        : ids.FirstOrDefault(x => !DerivedIds.IsId(x)) is not null
            ? Refusal.Invalid(RefusalCodes.InteractionNotFound, "interactionIds", "One of them is no interaction's id.")
        : null;
}
