using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>Takes commands to incidents, from HTTP and from the hub alike: checks whose they are and hands them to the grain.</summary>
public sealed class IncidentDesk(IGrainFactory grains, OrganisationCache organisation, GrainCommands commands)
{
    /// <summary>Does a command in the name of who is signed in.</summary>
    public Task<Answer<IncidentView>> ExecuteAsync(SignedIn user, string key, string incidentId, IncidentCommand command) =>
        commands.UntilKnownAsync(() => SendAsync(user, key, incidentId, command));

    private async Task<Answer<IncidentView>> SendAsync(SignedIn user, string key, string incidentId, IncidentCommand command)
    {
        ArgumentNullException.ThrowIfNull(user);
        var (incident, refusal) = await FindAsync(user, incidentId);
        refusal ??= WhyNot(user, incident!, command) ?? await WhyNotOtherAsync(user, command);
        if (refusal is not null)
        {
            return refusal;
        }

        // An answer is a way to see the incident like any other.
        var answer = await Grain(incidentId).ExecuteAsync(new CommandContext(key, user.Actor), command);
        return answer.IsRefused ? answer : user.Shown(answer.Value);
    }

    /// <summary>Opens an incident, wherever it is: who takes a call takes any. The retry of the same key finds the same one.</summary>
    public async Task<Answer<IncidentView>> OpenAsync(SignedIn user, string key, OpenIncident command)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!user.Dispatches && user.PairId is null)
        {
            return Problems.Forbidden("Opening an incident");
        }

        var id = IncidentIds.ForOpening(user.Id, key);
        return await commands.UntilKnownAsync(() => Grain(id).ExecuteAsync(new CommandContext(key, user.Actor), command));
    }

    /// <summary>Does a command on the incident of an offer.</summary>
    public async Task<Answer<IncidentView>> AnswerOfferAsync(SignedIn user, string key, string offerId, IncidentCommand command) =>
        IncidentIds.TryGetIncident(offerId, out var incidentId)
            ? await ExecuteAsync(user, key, incidentId, command)
            : Refusal.NotFound(RefusalCodes.OfferNotFound, "There is no such offer.");

    /// <summary>An incident in scope, or why not.</summary>
    public async Task<(IncidentView? Incident, Refusal? Refusal)> FindAsync(SignedIn user, string incidentId)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!IncidentIds.IsIncidentId(incidentId) || await Grain(incidentId).GetAsync() is not { } incident)
        {
            return (null, Refusal.NotFound(RefusalCodes.IncidentNotFound, "There is no such incident."));
        }

        return user.SeesIncident(incident) ? (incident, null) : (null, Problems.Forbidden("The incident"));
    }

    /// <summary>The grain of an incident.</summary>
    public IIncidentGrain Grain(string incidentId) => grains.GetGrain<IIncidentGrain>(incidentId);

    private Refusal? WhyNot(SignedIn user, IncidentView incident, IncidentCommand command) => command switch
    {
        AcceptOffer c => WhyNotAnswer(user, incident, c.OfferId),
        DeclineOffer c => WhyNotAnswer(user, incident, c.OfferId),
        SetAssignmentStatus c => WhyNotFor(user, incident, c.PairId),
        AddNote => null,
        RequestBackup => user.DispatchesTo(incident) || IsAssigned(user, incident) ? null : Problems.Forbidden("Asking for more pairs"),
        // Whoever passed it on may set that right until the new station acts on it.
        TransferIncident when incident.Status == IncidentStatus.Transferred && user.Dispatches && user.SeesStation(incident.TransferredFrom!) => null,
        OfferPairs { OverrideReason: not null } or HandOverAssignment { OverrideReason: not null } when !user.Supervises =>
            Problems.Forbidden("Sending a single officer"),
        _ => user.DispatchesTo(incident) ? null : Problems.Forbidden("Dispatching here"),
    };

    /// <summary>What is said of two incidents needs both in scope.</summary>
    private async Task<Refusal?> WhyNotOtherAsync(SignedIn user, IncidentCommand command)
    {
        var (otherId, field) = command switch
        {
            MergeIncident c => (c.IntoId, "intoId"),
            LinkIncident c => (c.OtherId, "otherId"),
            _ => (null, string.Empty),
        };
        if (otherId is null)
        {
            return null;
        }

        var (other, refusal) = await FindAsync(user, otherId);
        return refusal?.Kind == RefusalKind.NotFound ? Refusal.Invalid(refusal.Code, field, refusal.Message)
            : refusal ?? (user.DispatchesTo(other!) ? null : Problems.Forbidden("The other incident"));
    }

    private Refusal? WhyNotAnswer(SignedIn user, IncidentView incident, string offerId) =>
        incident.Offers.FirstOrDefault(x => x.Id == offerId) is { } offer
            ? WhyNotFor(user, incident, offer.PairId)
            : Refusal.NotFound(RefusalCodes.OfferNotFound, "There is no such offer.");

    private Refusal? WhyNotFor(SignedIn user, IncidentView incident, string pairId) =>
        user.DispatchesTo(incident) || (organisation.Current.Pair(pairId) is { } pair && user.SpeaksFor(pair))
            ? null
            : Problems.Forbidden($"Pair {pairId}");

    private static bool IsAssigned(SignedIn user, IncidentView incident) =>
        user.PairId is { } pairId && incident.Assignments.Any(x => x.PairId == pairId && x.Status.Commits());
}
