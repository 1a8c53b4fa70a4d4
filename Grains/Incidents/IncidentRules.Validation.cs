using System.Collections.Immutable;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>What can be checked of a command without knowing any incident.</summary>
public static partial class IncidentRules
{
    /// <summary>Longest summary, in characters.</summary>
    public const int MaxSummary = 2000;

    /// <summary>Longest note, in characters.</summary>
    public const int MaxNote = 4000;

    /// <summary>Most pairs an incident can ask for; the busiest recorded call had 16.</summary>
    public const int MaxPairs = 50;

    private const int MaxAddress = 300;
    private const int MaxReason = 500;

    /// <summary>Checks the form of a command.</summary>
    public static Refusal? Validate(IncidentCommand command) => command switch
    {
        OpenIncident c => ValidateOpening(c),
        OfferPairs c => ValidateOffering(c),
        DeclineOffer c => Text("reason", c.Reason, 64, required: true) ?? Text("note", c.Note, MaxReason),
        WithdrawOffer c => Text("reason", c.Reason, MaxReason),
        SetAssignmentStatus c => c.Status is AssignmentStatus.EnRoute or AssignmentStatus.OnScene or AssignmentStatus.Reported or AssignmentStatus.Cleared
            ? Text("note", c.Note, MaxNote)
            : Refusal.Invalid(RefusalCodes.ValueOutOfRange, "status", "A pair reports enRoute, onScene, reported or cleared."),
        CancelAssignment c => Reason(c.Reason),
        HandOverAssignment c => c.PairId == c.ToPairId
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "toPairId", "A pair cannot hand over to itself.")
            : Text("toPairId", c.ToPairId, 64, required: true) ?? Reason(c.Reason) ?? Text("overrideReason", c.OverrideReason, MaxReason),
        AddNote c => Text("text", c.Text, MaxNote, required: true),
        RequestBackup c => Range("pairs", c.Pairs, 1, MaxPairs) ?? Reason(c.Reason),
        ReclassifyIncident c => (c.Category is null && c.Priority is null
                ? Refusal.Invalid(RefusalCodes.ValueMissing, "category", "Say what it is now, how urgent, or both.")
                : c.Category is not null ? Text("category", c.Category, 64, required: true) : null)
            ?? (c.Priority is { } priority ? Range("priority", priority, 1, 4) : null) ?? Reason(c.Reason),
        HoldIncident c => Text("reason", c.Reason, MaxReason),
        ResumeIncident c => Text("reason", c.Reason, MaxReason),
        CancelIncident c => Text("reason", c.Reason, MaxReason),
        CloseIncident c => Text("disposition", c.Disposition, 64, required: true) ?? Text("note", c.Note, MaxNote),
        ReopenIncident c => Text("reason", c.Reason, MaxReason),
        TransferIncident c => Text("stationId", c.StationId, 64, required: true) ?? Reason(c.Reason),
        DivertIncident c => Text("to", c.To, 64, required: true) ?? Reason(c.Reason),
        MergeIncident c => Text("intoId", c.IntoId, 64, required: true) ?? Text("reason", c.Reason, MaxReason),
        UndoMerge c => Text("reason", c.Reason, MaxReason),
        LinkIncident c => Text("otherId", c.OtherId, 64, required: true) ?? Text("reason", c.Reason, MaxReason),
        UnlinkIncident c => Text("otherId", c.OtherId, 64, required: true),
        _ => null,
    };

    private static Refusal? ValidateOpening(OpenIncident c) =>
        Text("category", c.Category, 64, required: true)
        ?? Range("priority", c.Priority, 1, 4)
        ?? (c.Location.IsValid ? null : Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "Latitude is -90 to 90, longitude -180 to 180."))
        ?? Text("summary", c.Summary, MaxSummary, required: true)
        ?? Text("address", c.Address, MaxAddress)
        ?? Range("pairsNeeded", c.PairsNeeded, 1, MaxPairs)
        ?? ((c.Skills?.Length ?? 0) > 20 ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "skills", "At most 20 skills.") : null)
        ?? Text("caller.name", c.Caller?.Name, 100)
        ?? Text("caller.phone", c.Caller?.Phone, 40)
        ?? Text("caller.note", c.Caller?.Note, MaxReason);

    private static Refusal? ValidateOffering(OfferPairs c)
    {
        var pairs = c.PairIds ?? [];
        if (c.Auto == (pairs.Length > 0))
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "pairIds", "Name the pairs, or ask for auto, not both.");
        }

        if (!Enum.IsDefined(c.Mode) || (c.Auto && c.Mode != OfferMode.Offer))
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "mode", "Automatic offers only ask.");
        }

        if (c.Preempt && c.Mode is OfferMode.Stack or OfferMode.Reserve)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "preempt", "Work that waits takes no pair from another incident.");
        }

        if (pairs.Length > MaxPairs || pairs.Distinct(StringComparer.Ordinal).Count() != pairs.Length)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "pairIds", $"At most {MaxPairs} pairs, each once.");
        }

        return (c.ExpiresInSeconds is { } seconds ? Range("expiresInSeconds", seconds, 1, 86_400) : null)
            ?? Text("reason", c.Reason, MaxReason, required: c.Mode != OfferMode.Offer)
            ?? Text("overrideReason", c.OverrideReason, MaxReason);
    }

    private static Refusal? Range(string field, int value, int least, int most) => value >= least && value <= most
        ? null
        : Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, $"{field} is {least} to {most}.");

    private static Refusal? Reason(string? reason) => Text("reason", reason, MaxReason, required: true);

    private static Refusal? Text(string field, string? value, int longest, bool required = false) =>
        required && string.IsNullOrWhiteSpace(value) ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} is needed.")
        : value?.Length > longest ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} is at most {longest} characters.")
        : null;
}
