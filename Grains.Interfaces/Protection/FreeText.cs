using System.Collections.Immutable;
using Dispatch.Commands;

namespace Dispatch.Protection;

/// <summary>Finds in free text what looks like the number of a person, so that it goes into a protected field or stays away.</summary>
public static partial class FreeText
{
    /// <summary>Why a text cannot be saved as it is; null where it can.</summary>
    /// <param name="field">Its name in the command, in camelCase.</param>
    /// <param name="text">The text.</param>
    /// <param name="confirmed">Whether the sender looked at it and says that no person's number is in it.</param>
    public static Refusal? WhyNot(string field, string? text, bool confirmed) =>
        confirmed || text is null || Find(text) is not [_, ..] found
            ? null
            : new Refusal(
                RefusalKind.Rule,
                RefusalCodes.ProtectedTextSuspected,
                $"{field} has what looks like {string.Join(", ", found.Select(x => x.Describe(text)))}. Put it into a protected field, leave it out, or say textConfirmed.",
                field);
}

/// <summary>What a number looks like.</summary>
public enum SuspectKind
{
    /// <summary>A mainland identity number of 18 characters (GB 11643) or 15 digits.</summary>
    IdNumber,

    /// <summary>A mainland mobile number.</summary>
    MobileNumber,

    /// <summary>A landline with its area code.</summary>
    Landline,

    /// <summary>A bank card (Luhn).</summary>
    BankCard,
}

/// <summary>A place in a text.</summary>
/// <param name="Kind">What it looks like.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">How many characters.</param>
public readonly record struct Suspect(SuspectKind Kind, int Start, int Length)
{
    /// <summary>For the sender, who may be read over the shoulder: where it is and its last two characters.</summary>
    public string Describe(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var what = Kind switch
        {
            SuspectKind.IdNumber => "an identity number",
            SuspectKind.MobileNumber => "a mobile number",
            SuspectKind.Landline => "a telephone number",
            _ => "a bank card",
        };
        return $"{what} at {Start} (***{text.Substring(Start + Length - 2, 2)})";
    }
}
