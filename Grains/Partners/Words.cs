using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>What people write here: how long it may be, and that it holds nobody's number.</summary>
internal static class Words
{
    /// <summary>Longest reason.</summary>
    public const int MaxReason = 500;

    /// <summary>Why a text that is needed cannot be taken; null where it can.</summary>
    public static Refusal? WhyNot(string field, string? text, int most, bool confirmed) =>
        Clean(text) is null ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} is needed, in at most {most} characters.")
        : WhyNotOptional(field, text, most, confirmed);

    /// <summary>Why a text that may be left out cannot be taken; null where it can.</summary>
    public static Refusal? WhyNotOptional(string field, string? text, int most, bool confirmed) =>
        text?.Length > most ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} is at most {most} characters.")
        : FreeText.WhyNot(field, text, confirmed);

    /// <summary>Without blanks around it and without what no database takes; null where nothing is left.</summary>
    public static string? Clean(string? text) => text?.Replace("\0", string.Empty, StringComparison.Ordinal).Trim() is { Length: > 0 } clean ? clean : null;

    /// <summary>A text that was looked at before.</summary>
    public static string Needed(string text) => Clean(text) ?? throw new ArgumentException("There is nothing in it.", nameof(text));
}
