using Dispatch.Trials.Checking;

namespace Dispatch.Tests.Cluster;

/// <summary>
/// The checker of the trials is itself tested: a clean history passes, and each kind of violation, planted alone, is caught under its name. Where one
/// of these fails, a trial without violations proves nothing.
/// </summary>
public sealed class CheckerTests
{
    [Fact]
    public void Check_CleanHistory_FindsNothing() => Assert.Empty(History.Clean().Check());

    [Fact]
    public void Check_UnknownKind_IsCountedAndNoViolation()
    {
        var history = History.Clean();
        history.Row("incident/x", 30, "sungTo", new { song = "x" });
        var report = Checker.Check(history.ToTrial());
        Assert.Empty(report.Violations);
        Assert.Equal(1, report.UnknownKinds["incident sungTo"]);
    }

    [Fact]
    public void Check_PairCommitsTwiceInItsOwnStream_IsI1() => Catches("I1", "pair/p1 version 10: committed to incident x while committed to y",
        x => x.Row("pair/p1", 16, "committed", new { offer = new { id = "x-9", incidentId = "x" } }));

    [Fact]
    public void Check_TwoIncidentsHaveThePairAtOnce_IsI1() => Catches("I1", "overlaps with pair p1 on incident y", x =>
    {
        x.Row("incident/z", 20, "opened", new { pairsNeeded = 1 });
        x.Row("incident/z", 21, "assigned", new { offerId = "z-1", pairId = "p1", reason = "near" });
    });

    [Fact]
    public void Check_IncidentHasAPairThatNeverCommitted_IsI1() => Catches("I1", "but the pair itself held it never", x =>
    {
        x.Row("incident/z", 20, "opened", new { pairsNeeded = 1 });
        x.Row("incident/z", 21, "assigned", new { offerId = "z-1", pairId = "p2", reason = "near" });
    });

    [Fact]
    public void Check_PairLetsGoWhileTheIncidentCountsOnIt_IsI1() => Catches("I1", "by y-3, but the pair itself held it pair p1",
        x => x.Row("pair/p1", 16, "released", new { incidentId = "y", offerId = "y-3" }));

    [Fact]
    public void Check_PairStaysHeldByAnIncidentThatLetItGo_IsI1() => Catches("I1", "is still held for incident y",
        x => x.Row("incident/y", 16, "progressed", new { offerId = "y-3", status = "cleared" }));

    [Fact]
    public void Check_MorePairsThanAskedFor_IsI2() => Catches("I2", "2 pairs are committed, 1 were asked for", x =>
    {
        x.Row("pair/p2", 16, "committed", new { offer = new { id = "y-4", incidentId = "y" } });
        x.Row("incident/y", 16.1, "assigned", new { offerId = "y-4", pairId = "p2", reason = "near" });
    });

    [Fact]
    public void Check_OfferAcceptedTwice_IsI2() => Catches("I2", "offer x-1 accepted after it was accepted",
        x => x.Row("incident/x", 8, "accepted", new { offerId = "x-1" }));

    [Fact]
    public void Check_EndedIncidentKeepsAPair_IsI2() => Catches("I2", "it has ended with 1 pairs committed",
        x => x.Row("incident/y", 17, "closed", new { disposition = "settled" }));

    [Fact]
    public void Check_AcknowledgedCommandIsNotInTheJournal_IsI3() => Catches("I3", "note c-lost of client was acknowledged at incident/x version 12, but the journal has nothing of it",
        x => x.Ok(20, "c-lost", "note", "incident/x", 12));

    [Fact]
    public void Check_JournalEndsBeforeTheAcknowledgedVersion_IsI3() => Catches("I3", "but the journal ends at version 6", x =>
    {
        x.Row("incident/y", 17, "noteAdded", new { text = "x" }, "c-note");
        x.Ok(17, "c-note", "note", "incident/y", 7);
        x.Change(row => row.CommandId == "c-note" ? null : row);
    });

    [Fact]
    public void Check_ApiShowsAnOlderVersionThanTheJournal_IsI3() => Catches("I3", "incident/y is shown at version 5, the journal ends at 6",
        x => x.ChangeFinal(view => view.Stream == "incident/y" ? view with { Version = 5 } : view));

    [Fact]
    public void Check_ApiShowsOtherPairsThanTheJournal_IsI3() => Catches("I3", "incident/y shows the pairs [], its journal has [p1]",
        x => x.ChangeFinal(view => view.Stream == "incident/y" ? view with { Pairs = [] } : view));

    [Fact]
    public void Check_PairIsShownFreeThoughCommitted_IsI3() => Catches("I3", "pair/p1 shows incident none, its journal has y",
        x => x.ChangeFinal(view => view.Stream == "pair/p1" ? view with { Incident = null } : view));

    [Fact]
    public void Check_CommandDoneTwiceInAStream_IsI4() => Catches("I4", "command c-scene-x was done twice in incident/x",
        x => x.Row("incident/x", 8, "noteAdded", new { text = "again" }, "c-scene-x"));

    [Fact]
    public void Check_CommandOpenedTwoIncidents_IsI4() => Catches("I4", "command c-open-x opened 2 incidents",
        x => x.Row("incident/x2", 2, "opened", new { pairsNeeded = 1 }, "c-open-x"));

    [Fact]
    public void Check_OfferMadeTwice_IsI4() => Catches("I4", "offer x-1 was made twice",
        x => x.Row("incident/x", 8, "offered", new { offerId = "x-1", pairId = "p1", expiresAt = DateTimeOffset.UnixEpoch }));

    [Fact]
    public void Check_RepeatedCommandGetsAnotherAnswer_IsI4() => Catches("I4", "accept c-accept-x of client was acknowledged with 2 answers",
        x => x.Ok(20, "c-accept-x", "accept", "incident/x", 5, "another"));

    [Fact]
    public void Check_AcknowledgedCommandIsRefusedWhenRepeated_IsI4() => Catches("I4", "c-accept-x of client was acknowledged, and refused (offerNotPending)",
        x => x.Refused(20, "c-accept-x", "accept", "offerNotPending"));

    [Fact]
    public void Check_RefusedCommandWasDone_IsI4() => Catches("I4", "close c-close-x of client was refused (incidentNotOpen), and is in the journal",
        x => x.Refused(7, "c-close-x", "close", "incidentNotOpen"));

    [Fact]
    public void Check_CommandNeverBecomesKnown_IsI4() => Catches("I4", "note c-never of client was sent 2 times and never became known", x =>
    {
        x.Unknown(20, "c-never", "note");
        x.Unknown(21, "c-never", "note");
    });

    [Fact]
    public void Check_OfferStaysPendingPastItsDeadline_IsI6() => Catches("I6", "offer z-1 is still pending", x =>
    {
        x.Row("incident/z", 20, "opened", new { pairsNeeded = 1 });
        x.Row("incident/z", 21, "offered", new { offerId = "z-1", pairId = "p2", expiresAt = Start(23) });
    });

    [Fact]
    public void Check_DeadlineFiresLate_IsI6() => Catches("I6", "offer y-2 expired at 08:00:25", x => x.Change(Delay("expired", 25)));

    [Fact]
    public void Check_DeadlineFiresLateButSoonAfterRecovery_FindsNothing()
    {
        var history = History.Clean();
        history.Change(Delay("expired", 25));
        history.Disturb(13, 24);
        var report = Checker.Check(history.ToTrial());
        Assert.Empty(report.Violations);
        Assert.Equal([TimeSpan.FromSeconds(1)], report.LatenessAfterRecovery);
    }

    [Fact]
    public void Check_DeadlineFiresBeforeItsTime_IsI6() => Catches("I6", "offer y-2 expired 2000 ms before its deadline", x => x.Change(Delay("expired", 12)));

    [Fact]
    public void Check_DeadlineFiresTwice_IsI6() => Catches("I6", "offer y-2 expired after it was expired",
        x => x.Row("incident/y", 16, "expired", new { offerId = "y-2" }));

    [Fact]
    public void Check_AnsweredOfferExpires_IsI6() => Catches("I6", "offer y-1 expired after it was declined",
        x => x.Row("incident/y", 21, "expired", new { offerId = "y-1" }));

    [Fact]
    public void Check_PairShowsAnOfferForEver_IsI6() => Catches("I6", "pair/p2 still shows offer z-1",
        x => x.Row("pair/p2", 20, "offerReceived", new { offer = new { id = "z-1", incidentId = "z", expiresAt = Start(23) } }));

    [Fact]
    public void Check_GapInAStream_IsCaught() => Catches("journal", "incident/x has version 7 after 5",
        x => x.Change(row => row is { Stream: "incident/x", Version: 6 } ? null : row));

    [Fact]
    public void Check_VersionTwiceInAStream_IsCaught() => Catches("journal", "incident/x has version 5 twice",
        x => x.Change(row => row is { Stream: "incident/x", Version: 6 } ? row with { Version = 5 } : row));

    private static DateTimeOffset Start(double seconds) => new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

    private static Func<JournalRow, JournalRow> Delay(string kind, double seconds) => row => row.Kind == kind ? row with { At = Start(seconds) } : row;

    private static void Catches(string invariant, string what, Action<History> plant)
    {
        var history = History.Clean();
        plant(history);
        var found = history.Check();
        Assert.Contains(found, x => x.StartsWith($"{invariant}: ", StringComparison.Ordinal) && x.Contains(what, StringComparison.Ordinal));
    }
}
