using Dispatch.Commands;

namespace Dispatch.Protection;

/// <summary>Checks and cleans the free words of commands: there where they must be, not too long, and without what looks like somebody's number.</summary>
public static class Wording
{
    /// <summary>Longest reason.</summary>
    public const int MostReason = 500;

    /// <summary>Why words that must be there cannot be saved; null where they can.</summary>
    /// <param name="field">Their name in the command.</param>
    /// <param name="text">The words.</param>
    /// <param name="most">Most characters.</param>
    /// <param name="confirmed">Whether the sender means them though they look as if they held somebody's number.</param>
    public static Refusal? WhyNotNeeded(string field, string? text, int most, bool confirmed) =>
        Clean(text) is null
            ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} is 1 to {most} characters.")
            : WhyNot(field, text, most, confirmed);

    /// <summary>Why words that may be absent cannot be saved; null where they can.</summary>
    public static Refusal? WhyNot(string field, string? text, int most, bool confirmed) =>
        text?.Length > most
            ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} is at most {most} characters.")
            : FreeText.WhyNot(field, text, confirmed);

    /// <summary>Why a reason cannot be saved; null where it can.</summary>
    public static Refusal? WhyNotReason(string? reason, bool confirmed) => WhyNotNeeded("reason", reason, MostReason, confirmed);

    /// <summary>Without blanks around it and without what no database takes; null where nothing is left.</summary>
    public static string? Clean(string? text) => text?.Replace("\0", string.Empty, StringComparison.Ordinal).Trim() is { Length: > 0 } clean ? clean : null;

    /// <summary>Words that were looked at before, cleaned.</summary>
    /// <exception cref="ArgumentException">Nothing is in them.</exception>
    public static string Of(string text) => Clean(text) ?? throw new ArgumentException("There is nothing in it.", nameof(text));
}
