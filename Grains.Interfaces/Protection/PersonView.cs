using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Protection;

/// <summary>A person as views and feeds show one: that there is one, in which role, and what may be asked for with a reason.</summary>
/// <param name="Id">Within the matter.</param>
/// <param name="Role">A code such as <c>party</c>, <c>reporter</c>, <c>witness</c>, <c>guardian</c>.</param>
/// <param name="Fields">Names of the protected fields that are known.</param>
/// <param name="Minor">Whether under age; null where not, or where nobody said.</param>
[GenerateSerializer, Immutable, Alias("dispatch.person-view")]
public sealed record PersonView(string Id, string Role, ImmutableArray<string> Fields, MinorAge? Minor);

/// <summary>The ages at which other rules begin.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MinorAge>))]
public enum MinorAge
{
    /// <summary>Under 14: what is read of the person is masked unless the reader asks for it in full. A guardian is present as well.</summary>
    Under14,

    /// <summary>14 or 15: a guardian is present.</summary>
    Under16,
}
