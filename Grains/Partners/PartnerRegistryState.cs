using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Partners;

/// <summary>Something that happened in a registry of partners.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PartnerRegistered), "partnerRegistered")]
[JsonDerivedType(typeof(PartnerChanged), "partnerChanged")]
[JsonDerivedType(typeof(PartnerDeactivated), "partnerDeactivated")]
[JsonDerivedType(typeof(PartnerReactivated), "partnerReactivated")]
public abstract record PartnerEvent;

/// <summary>A partner was taken up.</summary>
public sealed record PartnerRegistered(string PartnerId, string? StationId, string PartnerKind, PartnerDetails Details) : PartnerEvent;

/// <summary>What is known of a partner was replaced.</summary>
public sealed record PartnerChanged(string PartnerId, PartnerDetails Details) : PartnerEvent;

/// <summary>A partner is given no more work.</summary>
public sealed record PartnerDeactivated(string PartnerId, string Reason) : PartnerEvent;

/// <summary>A partner can be given work again.</summary>
public sealed record PartnerReactivated(string PartnerId) : PartnerEvent;

/// <summary>The partners that a registry keeps.</summary>
/// <param name="Partners">In the order in which they were taken up, at most <see cref="Most"/>.</param>
public sealed record PartnerRegistryState(ImmutableArray<PartnerView> Partners)
{
    /// <summary>Most partners of one registry: the departments, teams, neighbour leads and service points of a station.</summary>
    public const int Most = 400;

    /// <summary>A partner; null where it is not kept here.</summary>
    public PartnerView? Find(string id) => Partners.FirstOrDefault(x => x.Id == id);

    /// <summary>The state after one more event.</summary>
    public static PartnerRegistryState Apply(PartnerRegistryState? state, Recorded<PartnerEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var s = state ?? new PartnerRegistryState([]);
        var version = recorded.Version;
        return recorded.Event switch
        {
            PartnerRegistered e => new([.. s.Partners, new PartnerView(e.PartnerId, e.StationId, e.PartnerKind, Active: true, version, e.Details)]),
            PartnerChanged e => s.With(e.PartnerId, x => x with { Version = version, Details = e.Details }),
            PartnerDeactivated e => s.With(e.PartnerId, x => x with { Version = version, Active = false, InactiveBecause = e.Reason }),
            PartnerReactivated e => s.With(e.PartnerId, x => x with { Version = version, Active = true, InactiveBecause = null }),
            _ => throw new InvalidOperationException($"A registry of partners does not know the event {recorded.Event.GetType().Name}."),
        };
    }

    private PartnerRegistryState With(string id, Func<PartnerView, PartnerView> change) => new([.. Partners.Select(x => x.Id == id ? change(x) : x)]);
}
