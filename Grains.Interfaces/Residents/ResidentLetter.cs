using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Residents;

/// <summary>Words between the police and a resident who is known by a claim code only.</summary>
/// <param name="From">Who wrote them.</param>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.resident-letter")]
public sealed record ResidentLetter(LetterFrom From, string Text, DateTimeOffset At);

/// <summary>Who wrote.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LetterFrom>))]
public enum LetterFrom
{
    /// <summary>The resident.</summary>
    Resident,

    /// <summary>The police; residents are not told which officer.</summary>
    Police,
}
