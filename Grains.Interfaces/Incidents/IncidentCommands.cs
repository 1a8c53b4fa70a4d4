using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>Something that is asked of an incident.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(OpenIncident), "open")]
[JsonDerivedType(typeof(OfferPairs), "offer")]
[JsonDerivedType(typeof(AcceptOffer), "accept")]
[JsonDerivedType(typeof(DeclineOffer), "decline")]
[JsonDerivedType(typeof(SetAssignmentStatus), "status")]
[JsonDerivedType(typeof(AddNote), "note")]
[JsonDerivedType(typeof(RequestBackup), "backup")]
[JsonDerivedType(typeof(HoldIncident), "hold")]
[JsonDerivedType(typeof(CancelIncident), "cancel")]
[JsonDerivedType(typeof(CloseIncident), "close")]
[JsonDerivedType(typeof(ReopenIncident), "reopen")]
[GenerateSerializer, Immutable, Alias("dispatch.incident-command")]
public abstract record IncidentCommand;

/// <summary>Opens it. The community and the station follow from the location.</summary>
/// <param name="Category">Code of a category of the bureau.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Location">Where, WGS-84.</param>
/// <param name="Summary">What it is about; at most 2,000 characters.</param>
/// <param name="Address">At most 300 characters; protected.</param>
/// <param name="CommunityId">Only needed where the location is outside every boundary.</param>
/// <param name="PairsNeeded">1 to 50.</param>
/// <param name="Skills">Skills asked for; at most 20.</param>
/// <param name="Caller">Who called; protected.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-incident")]
public sealed record OpenIncident(
    string Category,
    int Priority,
    GeoPoint Location,
    string Summary,
    string? Address = null,
    string? CommunityId = null,
    int PairsNeeded = 1,
    ImmutableArray<string>? Skills = null,
    Caller? Caller = null) : IncidentCommand;

/// <summary>Who called. Every field is protected and optional.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.caller")]
public sealed record Caller(string? Name = null, string? Phone = null, string? Note = null);

/// <summary>Puts it to pairs.</summary>
/// <param name="PairIds">Whom; empty with <paramref name="Auto"/>, which walks down the recommendations until one accepts.</param>
/// <param name="Mode">Ask, or commit them at once.</param>
/// <param name="Reason">Needed by <see cref="OfferMode.Assign"/>.</param>
/// <param name="ExpiresInSeconds">5 to 86,400; the default of the priority where null.</param>
/// <param name="Auto">Walk down the recommendations.</param>
[GenerateSerializer, Immutable, Alias("dispatch.offer-pairs")]
public sealed record OfferPairs(
    ImmutableArray<string>? PairIds = null,
    OfferMode Mode = OfferMode.Offer,
    string? Reason = null,
    int? ExpiresInSeconds = null,
    bool Auto = false) : IncidentCommand;

/// <summary>Whether pairs are asked or told.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OfferMode>))]
public enum OfferMode
{
    /// <summary>They may accept or decline before a deadline.</summary>
    Offer,

    /// <summary>They are committed at once.</summary>
    Assign,
}

/// <summary>A pair takes the offer.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.accept-offer")]
public sealed record AcceptOffer(string OfferId) : IncidentCommand;

/// <summary>A pair does not take the offer.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.decline-offer")]
public sealed record DeclineOffer(string OfferId, string Reason) : IncidentCommand;

/// <summary>A pair is a step further. Steps may be left out, never taken back.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.set-assignment-status")]
public sealed record SetAssignmentStatus(string PairId, AssignmentStatus Status, string? Note = null) : IncidentCommand;

/// <summary>Adds a note; at most 4,000 characters.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.add-note")]
public sealed record AddNote(string Text) : IncidentCommand;

/// <summary>Asks for more pairs.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.request-backup")]
public sealed record RequestBackup(int Pairs, string Reason) : IncidentCommand;

/// <summary>Puts it aside; an offer takes it up again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.hold-incident")]
public sealed record HoldIncident(string? Reason = null) : IncidentCommand;

/// <summary>Calls it off; its pairs are free.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.cancel-incident")]
public sealed record CancelIncident(string? Reason = null) : IncidentCommand;

/// <summary>Ends it, once its pairs are cleared.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.close-incident")]
public sealed record CloseIncident(string Disposition, string? Note = null) : IncidentCommand;

/// <summary>Opens it again after it ended.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.reopen-incident")]
public sealed record ReopenIncident(string? Reason = null) : IncidentCommand;
