using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Partners;

/// <summary>A partner (协作单位): a department, mediator, team, neighbour lead or service point, kept by a station or by the bureau.</summary>
/// <param name="Id">See <see cref="PartnerIds"/>.</param>
/// <param name="StationId">The station that keeps it; null where the bureau does.</param>
/// <param name="Kind">Code of its kind: one of the pack's kinds of partner, or of service points where it has a <see cref="PartnerDetails.Place"/>.</param>
/// <param name="Active">Whether it can be given work.</param>
/// <param name="Version">The registry's version when it was last changed.</param>
/// <param name="Details">What is known of it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.partner-view")]
public sealed record PartnerView(string Id, string? StationId, string Kind, bool Active, long Version, PartnerDetails Details)
{
    /// <summary>Why it is not active, where it is not.</summary>
    [Id(6)]
    public string? InactiveBecause { get; init; }

    /// <summary>Whether it is there for a community.</summary>
    public bool Serves(CommunityInfo community)
    {
        ArgumentNullException.ThrowIfNull(community);
        return Details.CommunityIds.IsEmpty ? StationId is null || StationId == community.StationId : Details.CommunityIds.Contains(community.Id);
    }

    /// <summary>As it is shown to who looks on: without telephone numbers.</summary>
    public PartnerView ForMasked() => this with
    {
        Details = Details with { Contacts = [.. Details.Contacts.Select(x => x with { Phone = null })] },
        InactiveBecause = InactiveBecause is null ? null : string.Empty,
    };
}

/// <summary>What is known of a partner. No resident's name or number: what is here is the office's or the post's.</summary>
/// <param name="Name">Name in the bureau's first language, 1 to 100 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.partner-details")]
public sealed record PartnerDetails(string Name)
{
    /// <summary>English name, at most 100 characters.</summary>
    [Id(1)]
    public string? NameEn { get; init; }

    /// <summary>Communities that it is there for, at most 200; none for all of its station or bureau.</summary>
    [Id(2)]
    public ImmutableArray<string> CommunityIds { get; init; } = [];

    /// <summary>Who is reached there in which role, at most 10.</summary>
    [Id(3)]
    public ImmutableArray<PartnerContact> Contacts { get; init; } = [];

    /// <summary>When somebody is there; null where nobody said.</summary>
    [Id(4)]
    public OpeningHours? Hours { get; init; }

    /// <summary>Where a service point is; null for what is none.</summary>
    [Id(5)]
    public ServicePlace? Place { get; init; }

    /// <summary>Of whom a patrol team is made beside its volunteers; null for what is none.</summary>
    [Id(6)]
    public PatrolComposition? Patrol { get; init; }
}

/// <summary>Who is reached at a partner: a post, not a person.</summary>
/// <param name="Role">Code of the role, from the pack's contact book.</param>
/// <param name="Office">Name of the office or post, 1 to 100 characters.</param>
/// <param name="Phone">Its work number, at most 40 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.partner-contact")]
public sealed record PartnerContact(string Role, string Office, string? Phone = null);

/// <summary>Where a service point is: a public place.</summary>
/// <param name="Name">Its address as residents are told it, 1 to 200 characters.</param>
/// <param name="Location">Where it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.service-place")]
public sealed record ServicePlace(string Name, GeoPoint? Location = null);

/// <summary>Of whom a patrol team "1+1+N" is made beside its N volunteers; how many there must be is the pack's rule.</summary>
/// <param name="PairId">The pair that it is attached to.</param>
/// <param name="OfficerIds">Officers of that pair.</param>
/// <param name="Auxiliaries">Service numbers of auxiliaries (辅警), each 1 to 40 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.patrol-composition")]
public sealed record PatrolComposition(string PairId, ImmutableArray<string> OfficerIds, ImmutableArray<string> Auxiliaries);
