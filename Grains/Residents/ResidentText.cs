using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>The words of residents and of those who answer them.</summary>
public static class ResidentText
{
    /// <summary>Most characters of what is said at once.</summary>
    public const int MaxText = 2000;

    /// <summary>Most characters of a note.</summary>
    public const int MaxNote = 500;

    /// <summary>Most letters of one matter; who needs more calls or comes by.</summary>
    public const int MostLetters = 50;

    /// <summary>Why a text that must be there cannot be saved; null where it can.</summary>
    /// <param name="field">Its name in the command.</param>
    /// <param name="text">The text.</param>
    /// <param name="confirmed">Whether the sender means it as it is.</param>
    public static Refusal? WhyNot(string field, string? text, bool confirmed) =>
        Wording.WhyNotNeeded(field, text, MaxText, confirmed);

    /// <summary>Why a note cannot be saved; null where it can.</summary>
    public static Refusal? WhyNotNote(string? note, bool confirmed) =>
        Wording.WhyNot("note", note, MaxNote, confirmed);
}
