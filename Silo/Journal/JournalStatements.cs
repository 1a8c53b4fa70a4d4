using Dispatch.Live;
using Dispatch.Protection;
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
}
