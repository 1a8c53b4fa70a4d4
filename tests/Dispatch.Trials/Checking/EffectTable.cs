using System.Text.Json;

namespace Dispatch.Trials.Checking;

/// <summary>
/// What each kind of journal row means. A kind that means nothing for the invariants is named with no effect; one that is not named at all is
/// counted and printed, so that a new one is not overlooked. To add one: a line in the table of its stream.
/// </summary>
public static class EffectTable
{
    private static readonly Effect[] Nothing = [];

    private static readonly Dictionary<string, Func<JsonElement, Effect[]>> OfIncidents = new(StringComparer.Ordinal)
    {
        ["opened"] = x => [new PairsAskedFor(x.GetProperty("pairsNeeded").GetInt32())],
        ["backupRequested"] = x => [new PairsAskedFor(x.GetProperty("pairs").GetInt32())],
        ["offered"] = x => [new OfferMade(OfferId(x), Text(x, "pairId"), Time(x, "expiresAt"))],
        ["offerRefused"] = x => [new WorkNamed(OfferId(x), Text(x, "pairId")), new OfferEnded(OfferId(x), "refused")],
        ["accepted"] = x => [new OfferEnded(OfferId(x), "accepted"), new AssignmentBegan(OfferId(x))],
        ["declined"] = x => [new OfferEnded(OfferId(x), "declined")],
        ["expired"] = x => [new OfferEnded(OfferId(x), "expired")],
        ["withdrawn"] = x => [new OfferEnded(OfferId(x), "withdrawn")],
        ["assigned"] = x => [new AssignmentBegan(OfferId(x), Text(x, "pairId"))],
        ["progressed"] = x => Text(x, "status") == "cleared" ? [new AssignmentEnded(OfferId(x))] : Nothing,
        ["assignmentCancelled"] = x => [new AssignmentEnded(OfferId(x))],
        ["assignmentPreempted"] = x => [new AssignmentEnded(OfferId(x))],
        ["assignmentHandedOver"] = x =>
        [
            new AssignmentEnded(OfferId(x)),
            new WorkNamed(Text(x, "toOfferId"), Text(x, "toPairId")),
            .. Text(x, "status") == "committed" ? [new AssignmentBegan(Text(x, "toOfferId"))] : Nothing,
        ],
        ["pairQueued"] = x => [new WorkNamed(OfferId(x), Text(x, "pairId"))],
        ["pairPlanned"] = x => [new WorkNamed(OfferId(x), Text(x, "pairId"))],
        ["queuedWorkStarted"] = x => [new AssignmentBegan(OfferId(x))],
        ["cancelled"] = _ => [new IncidentEnded()],
        ["closed"] = _ => [new IncidentEnded()],
        ["merged"] = _ => [new IncidentEnded()],
        ["diverted"] = _ => [new IncidentEnded()],
        ["reopened"] = _ => [new IncidentOpenAgain()],
        ["mergeUndone"] = _ => [new IncidentOpenAgain()],
        ["autoOfferStarted"] = _ => Nothing,
        ["autoOfferEnded"] = _ => Nothing,
        ["supervisorAlerted"] = _ => Nothing,
        ["noteAdded"] = _ => Nothing,
        ["reclassified"] = _ => Nothing,
        ["held"] = _ => Nothing,
        ["resumed"] = _ => Nothing,
        ["scheduleStarted"] = _ => Nothing,
        ["plannedWorkQueued"] = _ => Nothing,
        ["transferred"] = _ => Nothing,
        ["absorbed"] = _ => Nothing,
        ["restored"] = _ => Nothing,
        ["linked"] = _ => Nothing,
        ["unlinked"] = _ => Nothing,
    };

    private static readonly Dictionary<string, Func<JsonElement, Effect[]>> OfPairs = new(StringComparer.Ordinal)
    {
        ["committed"] = x => [new CommitmentBegan(Text(x.GetProperty("offer"), "id"), Text(x.GetProperty("offer"), "incidentId"))],
        ["released"] = x => [new CommitmentEnded(OfferId(x))],
        ["offerReceived"] = x => [new OfferShown(Text(x.GetProperty("offer"), "id"), Time(x.GetProperty("offer"), "expiresAt"))],
        ["offerSettled"] = x => [new OfferHidden(OfferId(x))],
        ["signedOff"] = _ => [new OfferHidden(null)],
        ["freed"] = _ => [new CommitmentEnded(null, ByForce: true)],
        ["signedOn"] = _ => Nothing,
        ["signOffAsked"] = _ => Nothing,
        ["offerReclassified"] = _ => Nothing,
        ["keepingEnded"] = _ => Nothing,
        ["workQueued"] = _ => Nothing,
        ["workDropped"] = _ => Nothing,
        ["freedForgotten"] = _ => Nothing,
        ["memberLeft"] = _ => Nothing,
        ["takenFromCommunity"] = _ => Nothing,
        ["givenBack"] = _ => Nothing,
        ["presenceCounted"] = _ => Nothing,
        ["memberReturned"] = _ => Nothing,
        ["panicRaised"] = _ => Nothing,
        ["panicEnded"] = _ => Nothing,
        ["activitySet"] = _ => Nothing,
    };

    /// <summary>Effects of a row; null where its kind is not known.</summary>
    public static IReadOnlyList<Effect>? Of(JournalRow row)
    {
        var kinds = IsIncident(row.Stream) ? OfIncidents : IsPair(row.Stream) ? OfPairs : null;
        return kinds is null ? Nothing : kinds.TryGetValue(row.Kind, out var effects) ? effects(row.Data) : null;
    }

    /// <summary>Whether the stream is an incident's.</summary>
    public static bool IsIncident(string stream) => stream.StartsWith("incident/", StringComparison.Ordinal);

    /// <summary>Whether the stream is a pair's.</summary>
    public static bool IsPair(string stream) => stream.StartsWith("pair/", StringComparison.Ordinal);

    /// <summary>Id of the incident or pair of a stream.</summary>
    public static string IdOf(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string OfferId(JsonElement data) => Text(data, "offerId");

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;

    private static DateTimeOffset Time(JsonElement data, string name) => data.GetProperty(name).GetDateTimeOffset();
}
