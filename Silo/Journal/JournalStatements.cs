using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Protection;
using Dispatch.Pairs;
using Dispatch.Storage;

namespace Dispatch.Journal;

/// <summary>How events, protected reads and search rows are written one by one. Keys make writing them again harmless.</summary>
public static class JournalStatements
{
    private const string InsertRow = """
        INSERT INTO journal (stream, version, at, actor_id, actor_name, command_id, body_hash, kind, data)
        VALUES (@stream, @version, @at, @actorId, @actorName, @commandId, @bodyHash, @kind, @data) ON CONFLICT DO NOTHING
        """;

    private const string InsertAccess = """
        INSERT INTO access_journal (id, at, subject, actor_id, actor_name, fields, reason, writer, seq, mac)
        VALUES (@id, @at, @subject, @actorId, @actorName, @fields, @reason, @writer, @seq, @mac) ON CONFLICT DO NOTHING
        """;

    private const string MoveChainEnd = """
        INSERT INTO access_chain (writer, seq, mac) VALUES (@writer, @seq, @mac)
        ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, mac = excluded.mac
        """;

    private const string UpsertIncident = $"""
        INSERT INTO incident (id, number, version, status, is_open, category, priority, station_id, community_id, opened_at, closed_at, view)
        VALUES (@id, @number, @version, @status, @isOpen, @category, @priority, @stationId, @communityId, @openedAt, @closedAt, @view)
        {IncidentRow.OnConflict}
        """;

    private const string UpsertMatter = $"""
        INSERT INTO matter ({MatterRows.Columns})
        VALUES (@id, @kind, @number, @version, @communityId, @stationId, @status, @isOpen, @category, @pairId, @partnerId, @openedAt, @dueAt, @closedAt,
            @restricted, @refs, @facets, @firstDueAt, @firstMetAt, @terms, @view, @masked)
        {MatterRows.OnConflict}
        """;

    private const string UpsertInteraction = $"""
        INSERT INTO interaction ({InteractionRows.Columns})
        VALUES (@id, @version, @communityId, @stationId, @kind, @pairId, @incidentId, @participants, @minutes, @channel, @at, @recordedAt, @lat, @lon,
            @withdrawn, @text, @terms, @person, @view)
        {InteractionRows.OnConflict}
        """;

    private const string InsertTime = """
        INSERT INTO pair_time (pair_id, version, community_id, officer_ids, kind, by_whom, reason, from_at, to_at, seconds, incident_id)
        VALUES (@pairId, @version, @communityId, @officerIds, @kind, @byWhom, @reason, @from, @to, @seconds, @incidentId) ON CONFLICT DO NOTHING
        """;

    private const string UpsertHandover = $"""
        INSERT INTO handover_sheet (id, version, pair_id, community_id, station_id, opened_at, due_at, closed_at, view)
        VALUES (@id, @version, @pairId, @communityId, @stationId, @openedAt, @dueAt, @closedAt, @view)
        {SideRows.OnHandoverConflict}
        """;

    /// <summary>What an append takes.</summary>
    public static IEnumerable<Statement> Of(JournalAppend append)
    {
        ArgumentNullException.ThrowIfNull(append);
        foreach (var row in append.Rows)
        {
            yield return Insert(row);
        }

        if (append.Incident is { } view)
        {
            yield return Upsert(view);
        }

        if (append.Matter is { } matter)
        {
            yield return Upsert(matter);
        }

        foreach (var interaction in append.Interactions)
        {
            yield return Upsert(interaction);
        }

        foreach (var time in append.Times)
        {
            yield return Insert(time);
        }

        if (append.Handover is { } sheet)
        {
            yield return Upsert(sheet);
        }
    }

    /// <summary>What the read of a protected field takes: its row, and its chain's new end.</summary>
    public static IEnumerable<Statement> Of(ChainedAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        yield return new Statement(InsertAccess,
        [
            ("id", access.Id),
            ("at", access.At),
            ("subject", access.Subject),
            ("actorId", access.ActorId),
            ("actorName", access.ActorName),
            ("fields", access.Fields),
            ("reason", access.Reason),
            ("writer", access.Writer),
            ("seq", access.Seq),
            ("mac", access.Mac),
        ]);
        yield return new Statement(MoveChainEnd, [("writer", access.Writer), ("seq", access.Seq), ("mac", access.Mac)]);
    }

    private static Statement Insert(JournalRow row) => new(InsertRow,
    [
        ("stream", row.Stream),
        ("version", row.Version),
        ("at", row.At.ToUniversalTime()),
        ("actorId", row.ActorId),
        ("actorName", row.ActorName),
        ("commandId", row.CommandId),
        ("bodyHash", row.BodyHash),
        ("kind", row.Kind),
        ("data", row.Data.ToString()),
    ]);

    private static Statement Upsert(Incidents.IncidentView view) => new(UpsertIncident,
    [
        ("id", view.Id),
        ("number", view.Number),
        ("version", view.Version),
        ("status", IncidentRow.Status(view)),
        ("isOpen", view.IsOpen),
        ("category", view.Category),
        ("priority", view.Priority),
        ("stationId", view.StationId),
        ("communityId", view.CommunityId),
        ("openedAt", view.OpenedAt.ToUniversalTime()),
        ("closedAt", view.ClosedAt?.ToUniversalTime()),
        ("view", JsonText.Of(view).ToString()),
    ]);

    private static Statement Upsert(MatterRow row) => new(UpsertMatter,
    [
        ("id", row.Id),
        ("kind", MatterIds.NameOf(row.Kind)),
        ("number", row.Number),
        ("version", row.Version),
        ("communityId", row.CommunityId),
        ("stationId", row.StationId),
        ("status", row.Status),
        ("isOpen", row.IsOpen),
        ("category", row.Category),
        ("pairId", row.PairId),
        ("partnerId", row.PartnerId),
        ("openedAt", row.OpenedAt.ToUniversalTime()),
        ("dueAt", row.DueAt?.ToUniversalTime()),
        ("closedAt", row.ClosedAt?.ToUniversalTime()),
        ("restricted", row.Restricted),
        ("refs", MatterRows.Line(row.Refs)),
        ("facets", MatterRows.Line(row.Facets)),
        ("firstDueAt", row.FirstDueAt?.ToUniversalTime()),
        ("firstMetAt", row.FirstMetAt?.ToUniversalTime()),
        ("terms", SearchTerms.Line($"{row.Number} {row.Text}")),
        ("view", row.View.ToString()),
        ("masked", row.Masked.ToString()),
    ]);

    private static Statement Upsert(InteractionRow row) => new(UpsertInteraction,
    [
        ("id", row.View.Id),
        ("version", row.Version),
        ("communityId", row.CommunityId),
        ("stationId", row.StationId),
        ("kind", InteractionRows.Kind(row)),
        ("pairId", row.View.PairId),
        ("incidentId", row.View.IncidentId),
        ("participants", row.View.Participants),
        ("minutes", row.View.Minutes),
        ("channel", row.View.Channel),
        ("at", row.View.At.ToUniversalTime()),
        ("recordedAt", row.View.RecordedAt.ToUniversalTime()),
        ("lat", row.View.Location?.Lat),
        ("lon", row.View.Location?.Lon),
        ("withdrawn", row.View.WithdrawnBecause is not null),
        ("text", row.View.Text),
        ("terms", InteractionRows.Terms(row)),
        ("person", row.Person is null ? null : JsonText.Of(row.Person).ToString()),
        ("view", InteractionRows.View(row).ToString()),
    ]);

    private static Statement Insert(PairTime time) => new(InsertTime,
    [
        ("pairId", time.PairId),
        ("version", time.Version),
        ("communityId", time.CommunityId),
        ("officerIds", string.Join(',', time.OfficerIds)),
        ("kind", SideRows.Kind(time)),
        ("byWhom", time.ByWhom),
        ("reason", time.Reason),
        ("from", time.From.ToUniversalTime()),
        ("to", time.To.ToUniversalTime()),
        ("seconds", (time.To - time.From).TotalSeconds),
        ("incidentId", time.IncidentId),
    ]);

    private static Statement Upsert(HandoverView sheet) => new(UpsertHandover,
    [
        ("id", sheet.Id),
        ("version", sheet.Version),
        ("pairId", sheet.PairId),
        ("communityId", sheet.CommunityId),
        ("stationId", sheet.StationId),
        ("openedAt", sheet.OpenedAt.ToUniversalTime()),
        ("dueAt", sheet.DueAt.ToUniversalTime()),
        ("closedAt", sheet.ClosedAt?.ToUniversalTime()),
        ("view", JsonText.Of(sheet).ToString()),
    ]);
}
