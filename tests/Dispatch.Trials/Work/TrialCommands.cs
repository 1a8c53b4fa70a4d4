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

    /// <summary>A dispatcher opens an incident that is to be worked on in some seconds.</summary>
    public static TrialCommand OpenScheduled(Random random) => new("openScheduled", "incidents", new
    {
        category = "dispute", priority = random.Next(1, 5), location = TrialOrganisation.Place(random), summary = "trial", pairsNeeded = 2,
        scheduledFor = DateTimeOffset.UtcNow.AddSeconds(random.Next(3, 8)),
    });

    /// <summary>A dispatcher takes a pair, also from an incident of lower priority.</summary>
    public static TrialCommand Preempt(string incident, string pairId) =>
        new("preempt", $"incidents/{incident}/offers", new { pairIds = new[] { pairId }, mode = "assign", reason = "urgent", preempt = true });

    /// <summary>A dispatcher asks pairs, also such that are committed to an incident of lower priority.</summary>
    public static TrialCommand OfferPreempt(string incident, IEnumerable<string> pairIds, int expiresInSeconds) =>
        new("offerPreempt", $"incidents/{incident}/offers", new { pairIds, expiresInSeconds, preempt = true });

    /// <summary>A dispatcher queues it behind a pair's present work.</summary>
    public static TrialCommand Stack(string incident, string pairId) =>
        new("stack", $"incidents/{incident}/offers", new { pairIds = new[] { pairId }, mode = "stack", reason = "next" });

    /// <summary>A dispatcher plans a pair for a scheduled incident.</summary>
    public static TrialCommand Reserve(string incident, string pairId) =>
        new("reserve", $"incidents/{incident}/offers", new { pairIds = new[] { pairId }, mode = "reserve", reason = "planned" });

    /// <summary>A dispatcher calls one pair off.</summary>
    public static TrialCommand CancelPart(string incident, string pairId) =>
        new("cancelPart", $"incidents/{incident}/assignments/{pairId}/cancel", new { reason = "not needed" });

    /// <summary>A dispatcher has another pair take over.</summary>
    public static TrialCommand HandOver(string incident, string pairId, string toPairId) =>
        new("handOver", $"incidents/{incident}/assignments/{pairId}/handover", new { toPairId, reason = "shift" });

    /// <summary>A dispatcher passes it to the other station.</summary>
    public static TrialCommand Transfer(string incident, Random random) =>
        new("transfer", $"incidents/{incident}/transfer", new { stationId = random.Next(2) == 0 ? "north" : "south", reason = "area" });

    /// <summary>A dispatcher says how urgent it is now; as it was changes nothing.</summary>
    public static TrialCommand Reclassify(string incident, Random random) =>
        new("reclassify", $"incidents/{incident}/reclassify", new { priority = random.Next(1, 5), reason = "more is known" }, Records: false);

    /// <summary>A dispatcher passes it to another service.</summary>
    public static TrialCommand Divert(string incident) => new("divert", $"incidents/{incident}/divert", new { to = "12345", reason = "not ours" });

    /// <summary>A dispatcher says that it is the same as another.</summary>
    public static TrialCommand Merge(string incident, string intoId) => new("merge", $"incidents/{incident}/merge", new { intoId });

    /// <summary>A dispatcher takes that back.</summary>
    public static TrialCommand UndoMerge(string incident) => new("undoMerge", $"incidents/{incident}/merge/undo", new { reason = "not the same" });

    /// <summary>A dispatcher says that it has to do with another; the same again changes nothing.</summary>
    public static TrialCommand Link(string incident, string otherId) => new("link", $"incidents/{incident}/links", new { otherId }, Records: false);

    /// <summary>A pair calls for help; a second call joins the first.</summary>
    public static TrialCommand Panic(string pairId) => new("panic", $"pairs/{pairId}/panic", new { note = "trial" }, Records: false);

    /// <summary>A supervisor frees a pair of everything; where there is nothing, nothing changes.</summary>
    public static TrialCommand Free(string pairId) => new("free", $"pairs/{pairId}/free", new { reason = "stuck" }, Records: false);

    /// <summary>A member is away; one who is away already changes nothing.</summary>
    public static TrialCommand MemberLeaves(string pairId) =>
        new("memberLeaves", $"pairs/{pairId}/members/leave", new { officerId = TrialOrganisation.OfficerIds(pairId)[1], reason = "doctor" }, Records: false);

    /// <summary>A member is there again.</summary>
    public static TrialCommand MemberReturns(string pairId) =>
        new("memberReturns", $"pairs/{pairId}/members/return", new { officerId = TrialOrganisation.OfficerIds(pairId)[1] }, Records: false);

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
