using System.Collections.Immutable;
using System.Text;
using Dispatch.Commands;

namespace Dispatch.Protection;

/// <summary>
/// What is known of a person and protected; every field is optional, and the least is best. It travels in commands and in answers to a read with a
/// reason, and is stored only as <see cref="SealedFields"/>. Never printed: its text says which fields there are, not what is in them.
/// </summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Phone">1 to 40 characters.</param>
/// <param name="IdNumber">Number of an identity document, 1 to 40 characters.</param>
/// <param name="Address">Exact address, 1 to 300 characters.</param>
/// <param name="BirthYear">1900 to 2100.</param>
/// <param name="Note">Whatever else must be kept about them, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.protected-person")]
public sealed record ProtectedPerson(
    string? Name = null, string? Phone = null, string? IdNumber = null, string? Address = null, int? BirthYear = null, string? Note = null)
{
    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => Fields.IsEmpty;

    /// <summary>Names of the fields that there are, in a fixed order and in camelCase.</summary>
    public ImmutableArray<string> Fields =>
    [
        .. new[]
        {
            Name is null ? null : "name",
            Phone is null ? null : "phone",
            IdNumber is null ? null : "idNumber",
            Address is null ? null : "address",
            BirthYear is null ? null : "birthYear",
            Note is null ? null : "note",
        }.OfType<string>(),
    ];

    /// <summary>What cannot be; null where all is well.</summary>
    /// <param name="field">Where it stands in the command, for instance <c>parties[0]</c>.</param>
    public Refusal? WhyNot(string field) =>
        Text($"{field}.name", Name, 100)
        ?? Text($"{field}.phone", Phone, 40)
        ?? Text($"{field}.idNumber", IdNumber, 40)
        ?? Text($"{field}.address", Address, 300)
        ?? Text($"{field}.note", Note, 500)
        ?? (BirthYear is null or (>= 1900 and <= 2100)
            ? null
            : Refusal.Invalid(RefusalCodes.ValueOutOfRange, $"{field}.birthYear", "birthYear is 1900 to 2100."));

    private static Refusal? Text(string field, string? value, int most) =>
        value is null ? null
        : string.IsNullOrWhiteSpace(value) ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} is left out or has something in it.")
        : value.Length > most ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} has at most {most} characters.")
        : null;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.AppendJoin(", ", Fields);
        return !Fields.IsEmpty;
    }
}
