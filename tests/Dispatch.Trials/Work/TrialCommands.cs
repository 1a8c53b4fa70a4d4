using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;

namespace Dispatch.Trials.Work;

/// <summary>Every command that the trials give, as the public contract names it. A new command of the protocol is added here, and used by a worker.</summary>
public static class TrialCommands
{
    /// <summary>Reasons that the usual list of a bureau has.</summary>
    private static readonly string[] DeclineReasons = ["busy", "tooFar", "equipment"];

    /// <summary>A dispatcher opens an incident somewhere.</summary>
    public static TrialCommand Open(Random random, int pairsNeeded) => new("open", "incidents", new
    {
        category = "dispute", priority = random.Next(1, 5), location = TrialOrganisation.Place(random), summary = "trial", pairsNeeded,
    });

    /// <summary>A dispatcher asks pairs.</summary>
    public static TrialCommand Offer(string incident, IEnumerable<string> pairIds, int expiresInSeconds) =>
        new("offer", $"incidents/{incident}/offers", new { pairIds, expiresInSeconds });

    /// <summary>A dispatcher has the system ask down the recommendations.</summary>
    public static TrialCommand OfferAuto(string incident, int expiresInSeconds) =>
        new("auto", $"incidents/{incident}/offers", new { auto = true, expiresInSeconds });

    /// <summary>A dispatcher sends a pair without asking.</summary>
    public static TrialCommand Assign(string incident, string pairId) =>
        new("assign", $"incidents/{incident}/offers", new { pairIds = new[] { pairId }, mode = "assign", reason = "nearest" });

    /// <summary>An officer takes an offer.</summary>
    public static TrialCommand Accept(string offer) =>
        new("accept", $"offers/{offer}/accept") { HubMethod = "AcceptOffer", HubArguments = [offer] };

    /// <summary>An officer does not take an offer.</summary>
    public static TrialCommand Decline(string offer, Random random)
    {
        var reason = DeclineReasons[random.Next(DeclineReasons.Length)];
        return new("decline", $"offers/{offer}/decline", new { reason }) { HubMethod = "DeclineOffer", HubArguments = [offer, reason] };
    }

    /// <summary>An officer is a step further.</summary>
    public static TrialCommand Status(string incident, string pairId, string status) =>
        new(status, $"incidents/{incident}/assignments/{pairId}/status", new { status })
        {
            HubMethod = "SetAssignmentStatus", HubArguments = [incident, pairId, status, null],
        };

    /// <summary>Anybody adds a note.</summary>
    public static TrialCommand Note(string incident, string text) =>
        new("note", $"incidents/{incident}/notes", new { text }) { HubMethod = "AddNote", HubArguments = [incident, text] };

    /// <summary>A dispatcher asks for more pairs.</summary>
    public static TrialCommand Backup(string incident, int pairs) => new("backup", $"incidents/{incident}/backup", new { pairs, reason = "crowd" });

    /// <summary>A dispatcher puts it aside.</summary>
    public static TrialCommand Hold(string incident) => new("hold", $"incidents/{incident}/hold", new { reason = "later" });

    /// <summary>A dispatcher calls it off.</summary>
    public static TrialCommand Cancel(string incident) => new("cancel", $"incidents/{incident}/cancel", new { reason = "trial" });

    /// <summary>A dispatcher ends it.</summary>
    public static TrialCommand Close(string incident) => new("close", $"incidents/{incident}/close", new { disposition = "settled" });

    /// <summary>A dispatcher opens it again.</summary>
    public static TrialCommand Reopen(string incident) => new("reopen", $"incidents/{incident}/reopen", new { reason = "again" });

    /// <summary>A pair begins its duty.</summary>
    public static TrialCommand SignOn(string pairId) =>
        new("signOn", $"pairs/{pairId}/sign-on", new { officerIds = TrialOrganisation.OfficerIds(pairId) });

    /// <summary>A pair ends its duty.</summary>
    public static TrialCommand SignOff(string pairId) => new("signOff", $"pairs/{pairId}/sign-off");

    /// <summary>A pair does something else; the same again changes nothing, so it need not be in the journal.</summary>
    public static TrialCommand Activity(string pairId, string activity) =>
        new("activity", $"pairs/{pairId}/activity", new { activity }, Records: false) { HubMethod = "SetActivity", HubArguments = [pairId, activity] };
}
