using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;
using Orleans.Concurrency;

namespace Dispatch.Concerns;

/// <summary>Who reported a concern, as it was read with a reason.</summary>
/// <param name="Person">What is shown without one.</param>
/// <param name="Fields">The protected fields; null where their time is over, where there are none, or where they are masked.</param>
/// <param name="Masked">Whether they are masked because the person is under 14: ask for minors explicitly.</param>
[GenerateSerializer, Immutable, Alias("dispatch.read-person")]
public sealed record ReadPerson(PersonView Person, ProtectedPerson? Fields, bool Masked);

/// <summary>The persons of a concern, read with a reason.</summary>
/// <param name="Persons">Who there is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.concern-persons")]
public sealed record ConcernPersons(ImmutableArray<ReadPerson> Persons);

/// <summary>A concern: owns its way from being raised to its answer, its closing and the resident's word on it. Key: the concern's id.</summary>
[Alias("dispatch.concern")]
public interface IConcernGrain : IMatterGrain<ConcernCommand, ConcernView>
{
    /// <summary>What residents may read of it; null where there is no such concern.</summary>
    [Alias("get-public"), AlwaysInterleave]
    Task<ConcernPublicView?> GetPublicAsync();

    /// <summary>Its persons. The read is in the journal, with its reason, before it is answered.</summary>
    /// <param name="context">Who reads.</param>
    /// <param name="reason">Why, 1 to 500 characters.</param>
    /// <param name="showMinors">Whether what is known of persons under 14 is meant as well.</param>
    [Alias("read-persons"), AlwaysInterleave]
    Task<Answer<ConcernPersons>> ReadPersonsAsync(CommandContext context, string reason, bool showMinors);
}
