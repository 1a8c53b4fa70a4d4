using System.Globalization;
using System.Text.Json;
using Dispatch.Trials.Checking;

namespace Dispatch.Tests.Cluster;

/// <summary>A short history as a run records it: one incident after the other for two pairs. Tests take it as it is or plant a fault in it.</summary>
internal sealed class History
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private readonly List<Attempt> attempts = [];
    private readonly List<JournalRow> rows = [];
    private readonly List<FinalView> final = [];
    private readonly List<Disturbance> disturbances = [];

    /// <summary>Something of everything: accepted and cleared, declined, expired, withdrawn, assigned, repeated, refused.</summary>
    public static History Clean()
    {
        var history = new History();
        history.Row("pair/p1", 0, "signedOn", new { officerIds = new[] { "a" } }, "c-on-1");
        history.Row("pair/p2", 0, "signedOn", new { officerIds = new[] { "b" } }, "c-on-2");

        // Incident x: offered to both, p1 accepts, p2's offer is withdrawn; p1 clears; it is closed.
        history.Row("incident/x", 1, "opened", new { pairsNeeded = 1 }, "c-open-x");
        history.Ok(1, "c-open-x", "open", "incident/x", 1);
        history.Offer(2, "x", "x-1", "p1", 12, "c-offer-x");
        history.Offer(2, "x", "x-2", "p2", 12, "c-offer-x");
        history.Ok(2, "c-offer-x", "offer", "incident/x", 3);
        history.Commit(3, "x", "x-1", "p1", "c-accept-x");
        history.Row("incident/x", 3.1, "withdrawn", new { offerId = "x-2", reason = "taken" }, "c-accept-x");
        history.Row("pair/p2", 3.2, "offerSettled", new { offerId = "x-2", status = "withdrawn" });
        history.Unknown(3, "c-accept-x", "accept");
        history.Ok(4, "c-accept-x", "accept", "incident/x", 5);
        history.Ok(4.5, "c-accept-x", "accept", "incident/x", 5);
        history.Refused(4.6, "c-accept-x2", "accept", "offerNotPending");
        history.Row("incident/x", 5, "progressed", new { offerId = "x-1", status = "onScene" }, "c-scene-x");
        history.Row("incident/x", 6, "progressed", new { offerId = "x-1", status = "cleared" }, "c-clear-x");
        history.Row("pair/p1", 6.1, "released", new { incidentId = "x", offerId = "x-1" });
        history.Ok(6, "c-clear-x", "status", "incident/x", 7);
        history.Row("incident/x", 7, "closed", new { disposition = "settled" }, "c-close-x");
        history.Row("incident/x", 7.5, "reopened", new { reason = "again" }, "c-reopen-x");
        history.Row("pair/p1", 7.6, "committed", new { offer = new { id = "x-3", incidentId = "x" } });
        history.Row("incident/x", 7.7, "assigned", new { offerId = "x-3", pairId = "p1", reason = "near" }, "c-assign-x");
        history.Row("incident/x", 7.8, "assignmentCancelled", new { offerId = "x-3" }, "c-cancel-x");
        history.Row("incident/x", 7.8, "cancelled", new { reason = "over" }, "c-cancel-x");
        history.Row("pair/p1", 7.9, "released", new { incidentId = "x", offerId = "x-3" });

        // Incident y: declined by p1, expired at p2, then p1 is assigned and stays.
        history.Row("incident/y", 8, "opened", new { pairsNeeded = 1 }, "c-open-y");
        history.Offer(9, "y", "y-1", "p1", 20, "c-offer-y1");
        history.Row("incident/y", 10, "declined", new { offerId = "y-1", reason = "busy" }, "c-decline-y");
        history.Row("pair/p1", 10.1, "offerSettled", new { offerId = "y-1", status = "declined" });
        history.Offer(11, "y", "y-2", "p2", 14, "c-offer-y2");
        history.Row("incident/y", 14.01, "expired", new { offerId = "y-2" });
        history.Row("pair/p2", 14.1, "offerSettled", new { offerId = "y-2", status = "expired" });
        history.Row("pair/p1", 15, "committed", new { offer = new { id = "y-3", incidentId = "y" } });
        history.Row("incident/y", 15.1, "assigned", new { offerId = "y-3", pairId = "p1", reason = "near" }, "c-assign-y");
        history.Ok(15, "c-assign-y", "assign", "incident/y", 6);
        history.Final("incident/x", 12);
        history.Final("incident/y", 6, pairs: ["p1"]);
        history.Final("pair/p1", 9, incident: "y");
        history.Final("pair/p2", 5);
        return history;
    }

    /// <summary>An offer at both sides.</summary>
    public void Offer(double at, string incident, string offer, string pair, double expires, string? command = null)
    {
        var expiresAt = Time(expires);
        Row($"pair/{pair}", at, "offerReceived", new { offer = new { id = offer, incidentId = incident, expiresAt } });
        Row($"incident/{incident}", at + 0.001, "offered", new { offerId = offer, pairId = pair, expiresAt, commandId = command }, command);
    }

    /// <summary>A commitment at both sides.</summary>
    public void Commit(double at, string incident, string offer, string pair, string? command = null)
    {
        Row($"pair/{pair}", at, "committed", new { offer = new { id = offer, incidentId = incident } });
        Row($"incident/{incident}", at + 0.1, "accepted", new { offerId = offer }, command);
    }

    /// <summary>A journal row, with the next version of its stream; a final view that was there follows it.</summary>
    public void Row(string stream, double at, string kind, object data, string? command = null)
    {
        var version = rows.Count(x => x.Stream == stream) + 1;
        rows.Add(new JournalRow(stream, version, Time(at), "someone", command, kind, JsonSerializer.SerializeToElement(data)));
        if (final.FindIndex(x => x.Stream == stream) is >= 0 and var i)
        {
            final[i] = final[i] with { Version = version };
        }
    }

    /// <summary>Changes the rows, or takes some away.</summary>
    public void Change(Func<JournalRow, JournalRow?> change)
    {
        var changed = rows.Select(change).OfType<JournalRow>().ToList();
        rows.Clear();
        rows.AddRange(changed);
    }

    /// <summary>Changes the final views.</summary>
    public void ChangeFinal(Func<FinalView, FinalView> change)
    {
        var changed = final.Select(change).ToList();
        final.Clear();
        final.AddRange(changed);
    }

    public void Ok(double at, string command, string action, string stream, long version, string digest = "same") =>
        attempts.Add(new Attempt("client", command, action, Time(at), Time(at + 0.3), Outcome.Ok, null, stream, version, digest));

    public void Refused(double at, string command, string action, string code) =>
        attempts.Add(new Attempt("client", command, action, Time(at), Time(at + 0.3), Outcome.Refused, code));

    public void Unknown(double at, string command, string action) =>
        attempts.Add(new Attempt("client", command, action, Time(at), Time(at + 0.3), Outcome.Unknown, "noAnswer"));

    public void Disturb(double from, double to) => disturbances.Add(new Disturbance(Time(from), Time(to), "silo killed"));

    public Trial ToTrial() => new(attempts, rows, final, disturbances, Time(120));

    public IReadOnlyList<string> Check() => [.. Checker.Check(ToTrial()).Violations.Select(x => x.ToString())];

    private static DateTimeOffset Time(double seconds) => Start.AddMilliseconds(Math.Round(seconds * 1000));

    private void Final(string stream, long version, string[]? pairs = null, string? incident = null)
    {
        var journal = rows.Count(x => x.Stream == stream);
        Assert.True(version == journal, string.Create(CultureInfo.InvariantCulture, $"{stream} has {journal} rows"));
        final.Add(new FinalView(stream, version, pairs ?? [], [], incident));
    }
}
