using System.Text.Json;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>Makes a pair's day out of its journal, its incidents and its interactions. Pure.</summary>
/// <param name="pairId">The pair.</param>
/// <param name="incidents">The incidents it had to do with, by id.</param>
internal sealed class PairHistoryRules(string pairId, IReadOnlyDictionary<string, IncidentView> incidents)
{
    /// <summary>The incidents that events name.</summary>
    public static HashSet<string> IncidentsOf(IEnumerable<PairJournalRow> rows) =>
        [.. rows.Select(x => IncidentOf(x.Event)).OfType<string>()];

    /// <summary>What happened from <paramref name="begin"/> to <paramref name="end"/>, oldest first.</summary>
    public IReadOnlyList<PairHistoryEntry> Tell(IEnumerable<PairJournalRow> rows, IEnumerable<PairInteraction> interactions, DateTimeOffset begin, DateTimeOffset end) =>
    [
        .. rows.Select(Tell).OfType<PairHistoryEntry>()
            .Concat(incidents.Values.SelectMany(Steps))
            .Concat(interactions.Select(x => new PairHistoryEntry(x.At, "interaction")
            {
                Code = Name(x.Kind), InteractionId = x.Id, CommunityId = x.CommunityId, Participants = x.Participants,
            }))
            .Where(x => x.At >= begin && x.At < end)
            .OrderBy(x => x.At),
    ];

    private PairHistoryEntry? Tell(PairJournalRow row)
    {
        var entry = new PairHistoryEntry(row.At, string.Empty, row.By) { Incident = IncidentOf(row.Event) is { } id ? Named(id, OfferOf(row.Event)) : null };
        return row.Event switch
        {
            PairSignedOn e => entry with { Kind = "signedOn", Officers = e.OfficerIds.Length },
            SignOffAsked => entry with { Kind = "signOffAsked" },
            PairSignedOff => entry with { Kind = "signedOff" },
            ActivitySet e => entry with { Kind = "activity", Code = Name(e.Activity) },
            OfferReceived => entry with { Kind = "offered" },
            PairOfferSettled e => Settled(entry, e),
            PairCommitted e => entry with { Kind = WasOffered(e.Offer) ? "accepted" : "assigned", Officers = e.OfficerIds?.Length },
            PairReleased => entry with { Kind = "released", By = null },
            WorkQueued => entry with { Kind = "queued" },
            WorkDropped => entry with { Kind = "dropped" },
            PairFreed => entry with { Kind = "freed" },
            MemberLeft e => entry with { Kind = "memberLeft", Code = e.OfficerId },
            MemberReturned e => entry with { Kind = "memberReturned", Code = e.OfficerId },
            PanicRaised => entry with { Kind = "panicRaised" },
            PanicEnded => entry with { Kind = "panicEnded" },
            Dispatch.Pairs.TakenFromCommunity => entry with { Kind = "taken" },
            GivenBack => entry with { Kind = "givenBack" },
            _ => null,
        };
    }

    /// <summary>What became of an offer; that it was accepted is told by the commitment.</summary>
    private PairHistoryEntry? Settled(PairHistoryEntry entry, PairOfferSettled e) => e.Status is OfferStatus.Accepted or OfferStatus.Pending
        ? null
        : entry with { Kind = Name(e.Status), Code = e.Status == OfferStatus.Declined ? Offer(e.OfferId)?.Reason : null };

    /// <summary>The steps that an incident knows and the pair's journal does not.</summary>
    private IEnumerable<PairHistoryEntry> Steps(IncidentView incident) => incident.Assignments.Where(x => x.PairId == pairId).SelectMany(part =>
        new (string Kind, DateTimeOffset? At)[] { ("enRoute", part.EnRouteAt), ("onScene", part.OnSceneAt), ("reported", part.ReportedAt) }
            .Where(x => x.At is not null)
            .Select(x => new PairHistoryEntry(x.At!.Value, x.Kind) { Incident = Named(incident.Id) }));

    private bool WasOffered(PairOffer offer) => Offer(offer.Id) is not { } known || known.Reason is null;

    private OfferView? Offer(string offerId) =>
        IncidentIds.TryGetIncident(offerId, out var id) && incidents.TryGetValue(id, out var incident) ? incident.Offers.FirstOrDefault(x => x.Id == offerId) : null;

    private PairHistoryIncident Named(string id, PairOffer? offer = null) =>
        incidents.TryGetValue(id, out var x) ? new PairHistoryIncident(id, x.Number, x.Category, x.Priority, x.CommunityId)
        : offer is not null ? new PairHistoryIncident(id, offer.Number, offer.Category, offer.Priority, offer.CommunityId)
        : new PairHistoryIncident(id);

    private static PairOffer? OfferOf(PairEvent e) => e switch
    {
        OfferReceived x => x.Offer,
        PairCommitted x => x.Offer,
        WorkQueued x => x.Offer,
        _ => null,
    };

    private static string? IncidentOf(PairEvent e) => OfferOf(e)?.IncidentId ?? e switch
    {
        PairReleased x => x.IncidentId,
        PanicRaised x => x.IncidentId,
        PanicEnded x => x.IncidentId,
        PairOfferSettled x => IncidentIds.TryGetIncident(x.OfferId, out var id) ? id : null,
        WorkDropped x => IncidentIds.TryGetIncident(x.OfferId, out var id) ? id : null,
        _ => null,
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
