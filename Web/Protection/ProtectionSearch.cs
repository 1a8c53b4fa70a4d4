using System.Data.Common;
using Dispatch.Api;
using Dispatch.Storage;

namespace Dispatch.Protection;

/// <summary>A page of rows, newest first.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record ProtectionPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A read of protected fields.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="At">When.</param>
/// <param name="Subject">Whose fields, for instance <c>incident/…</c>.</param>
/// <param name="ActorId">Who read them.</param>
/// <param name="ActorName">Their name then.</param>
/// <param name="Fields">Which.</param>
/// <param name="Reason">Why.</param>
public sealed record AccessView(string Id, DateTimeOffset At, string Subject, string ActorId, string ActorName, IReadOnlyList<string> Fields, string Reason);

/// <summary>What was erased, without what it said.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="At">When.</param>
/// <param name="Subject">Whose fields.</param>
/// <param name="RetentionClass">For how long they were kept.</param>
/// <param name="Fields">Which.</param>
/// <param name="Because">Why: <c>retentionOver</c>.</param>
public sealed record ErasureView(string Id, DateTimeOffset At, string Subject, string RetentionClass, IReadOnlyList<string> Fields, string Because);

/// <summary>What is looked for in a log.</summary>
/// <param name="Subject">One subject; null for all.</param>
/// <param name="ActorId">One reader; null for all, and for erasures.</param>
/// <param name="From">From this time on.</param>
/// <param name="To">Before this time.</param>
/// <param name="Cursor">Where the last page ended.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record ProtectionQuery(string? Subject, string? ActorId, DateTimeOffset? From, DateTimeOffset? To, string? Cursor, int Limit);

/// <summary>Reads the access journal and the erasure log.</summary>
public sealed class ProtectionSearch(DispatchDatabase database)
{
    /// <summary>Reads of protected fields.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public Task<ProtectionPage<AccessView>> FindAccessesAsync(ProtectionQuery query, CancellationToken cancellationToken) => FindAsync(
        "SELECT id, at, subject, actor_id, actor_name, fields, reason FROM access_journal", query,
        x => new AccessView(x.GetString(0), Time(x), x.GetString(2), x.GetString(3), x.GetString(4), x.GetString(5).Split(','), x.GetString(6)),
        x => new PageCursor(x.At, x.Id), cancellationToken);

    /// <summary>What was erased.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public Task<ProtectionPage<ErasureView>> FindErasuresAsync(ProtectionQuery query, CancellationToken cancellationToken) => FindAsync(
        "SELECT id, at, subject, retention_class, fields, because FROM erasure_log", query,
        x => new ErasureView(x.GetString(0), Time(x), x.GetString(2), x.GetString(3), x.GetString(4).Split(','), x.GetString(5)),
        x => new PageCursor(x.At, x.Id), cancellationToken);

    private async Task<ProtectionPage<T>> FindAsync<T>(
        string select, ProtectionQuery query, Func<DbDataReader, T> read, Func<T, PageCursor> place, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"{select} WHERE {string.Join(" AND ", Conditions(command, query))} ORDER BY at DESC, id DESC LIMIT {query.Limit + 1}";
        var found = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(read(reader));
        }

        var items = found.Take(query.Limit).ToList();
        return new ProtectionPage<T>(items, found.Count > query.Limit ? place(items[^1]).ToString() : null);
    }

    private static List<string> Conditions(DbCommand command, ProtectionQuery query)
    {
        var conditions = new List<string> { "1 = 1" };
        Add("subject = @subject", "subject", query.Subject);
        Add("actor_id = @actor", "actor", query.ActorId);
        Add("at >= @from", "from", query.From?.ToUniversalTime());
        Add("at < @to", "to", query.To?.ToUniversalTime());
        if (query.Cursor is not null)
        {
            var (at, id) = PageCursor.Parse(query.Cursor);
            Add("(at < @at OR (at = @at AND id < @id))", "at", at);
            command.Set("id", id);
        }

        return conditions;

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                command.Set(name, value);
            }
        }
    }

    private static DateTimeOffset Time(DbDataReader reader) => reader.GetFieldValue<DateTimeOffset>(1);
}
