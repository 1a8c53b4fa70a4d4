using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;
using Orleans.Concurrency;

namespace Dispatch.Disputes;

/// <summary>A dispute (纠纷): a conflict under mediation. Key: its id.</summary>
[Alias("dispatch.dispute")]
public interface IDisputeGrain : IMatterGrain<DisputeCommand, DisputeView>
{
    /// <summary>What is protected of its parties. The read is in the journal, with its reason, before it is answered.</summary>
    /// <param name="context">Who reads.</param>
    /// <param name="request">What, and why.</param>
    [Alias("read-persons"), AlwaysInterleave]
    Task<Answer<PersonsRead>> ReadPersonsAsync(CommandContext context, ReadPersons request);
}

/// <summary>Reads what is protected of the parties of a dispute.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="PartyIds">Of whom; of all where absent.</param>
/// <param name="Under14">Whether those under 14 are meant as well; they are masked otherwise.</param>
/// <param name="Reporter">Whether who told the police of a dispute that may not be mediated is meant as well; a supervisor's to ask.</param>
[GenerateSerializer, Immutable, Alias("dispatch.read-dispute-persons")]
public sealed record ReadPersons(string Reason, ImmutableArray<string>? PartyIds = null, bool Under14 = false, bool Reporter = false);

/// <summary>The parties that were read.</summary>
/// <param name="Persons">Each of them.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-persons-read")]
public sealed record PersonsRead(ImmutableArray<PersonRead> Persons);

/// <summary>A party that was read.</summary>
/// <param name="PartyId">Which.</param>
/// <param name="Role">As what.</param>
/// <param name="Masked">Whether it is under 14 and was not asked for in full.</param>
/// <param name="Erased">Whether its time was over.</param>
/// <param name="Person">What is protected; null where nothing is known, it is masked or was erased.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-person-read")]
public sealed record PersonRead(string PartyId, PartyRole Role, bool Masked, bool Erased, ProtectedPerson? Person);
