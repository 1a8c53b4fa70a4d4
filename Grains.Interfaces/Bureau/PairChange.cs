using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Bureau;

/// <summary>A change of who is in which pair, or of what is agreed about a pair; each gives a new version of the organisation.</summary>
/// <param name="PairId">The pair.</param>
[JsonPolymorphic]
[JsonDerivedType(typeof(FormPair), "pairFormed")]
[JsonDerivedType(typeof(DissolvePair), "pairDissolved")]
[JsonDerivedType(typeof(SubstituteMember), "memberSubstituted")]
[JsonDerivedType(typeof(AgreePair), "pairAgreed")]
[JsonDerivedType(typeof(PlanRetirement), "retirementPlanned")]
[JsonDerivedType(typeof(NameSuccessor), "successorNamed")]
[GenerateSerializer, Immutable, Alias("dispatch.pair-change")]
public abstract record PairChange(string PairId)
{
    /// <summary>Whether a pair that is at work must be left alone by it.</summary>
    [JsonIgnore]
    public bool TakesMembersAway => this is DissolvePair or SubstituteMember;
}

/// <summary>Forms a pair of two officers who are in no other.</summary>
/// <param name="PairId">New in the bureau; the id of a dissolved pair may be used again and continues its journal.</param>
/// <param name="CallSign">What it is called on the radio; no other pair has it. At most 40 characters.</param>
/// <param name="StationId">Home station.</param>
/// <param name="CommunityId">Home community, one of that station.</param>
/// <param name="Officers">One green leaf and one red flower.</param>
/// <param name="Home">Where it starts from before its first position report; its community's centre where absent.</param>
/// <param name="Reason">Why, at most 500 characters; in the journal.</param>
[GenerateSerializer, Immutable, Alias("dispatch.form-pair")]
public sealed record FormPair(
    string PairId,
    string CallSign,
    string StationId,
    string CommunityId,
    ImmutableArray<NamedOfficer> Officers,
    GeoPoint? Home = null,
    string? Reason = null) : PairChange(PairId);

/// <summary>Ends a pair. Refused while it is on duty or has work. Its officers are without a pair then; its history stays in the journal.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dissolve-pair")]
public sealed record DissolvePair(string PairId, string Reason) : PairChange(PairId);

/// <summary>Puts an officer in another's place. Refused while the pair has work, and on duty while the one who goes is there.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OutOfficerId">Who goes; null where the half is vacant.</param>
/// <param name="Officer">Who comes, in the same role; is in no other pair.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.substitute-member")]
public sealed record SubstituteMember(string PairId, string? OutOfficerId, NamedOfficer Officer, string Reason) : PairChange(PairId);

/// <summary>An officer who is to be in a pair: known to the bureau by id alone, or described.</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="Name">At most 100 characters; may be absent for an officer without a pair whom the bureau knows, as may the rest.</param>
/// <param name="Role">Which half; that of the officer who goes where absent.</param>
/// <param name="Skills">At most 20.</param>
[GenerateSerializer, Immutable, Alias("dispatch.named-officer")]
public sealed record NamedOfficer(string Id, string? Name = null, OfficerRole? Role = null, ImmutableArray<string>? Skills = null);

/// <summary>What a change of a pair brought.</summary>
/// <param name="OrganisationVersion">The organisation's version after it.</param>
/// <param name="Pair">The pair as it is now; as it was where it was dissolved.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-changed")]
public sealed record PairChanged(long OrganisationVersion, PairInfo Pair);
