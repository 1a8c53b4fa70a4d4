using Dispatch.Api;
using Dispatch.Storage;

namespace Dispatch.Communities;

/// <summary>What is searched for; null means any.</summary>
/// <param name="StationIds">Stations in question.</param>
/// <param name="CommunityIds">Communities in question.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record MatterQuery(IReadOnlyCollection<string>? StationIds, IReadOnlyCollection<string>? CommunityIds, int Limit)
{
    /// <summary>Ids.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Kinds, by their names in URLs.</summary>
    public IReadOnlyCollection<string>? Kinds { get; init; }

    /// <summary>Statuses.</summary>
    public IReadOnlyCollection<string>? Statuses { get; init; }

    /// <summary>Category.</summary>
    public string? Category { get; init; }

    /// <summary>Open or ended ones.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>The pair it is with.</summary>
    public string? PairId { get; init; }

    /// <summary>The partner it is with.</summary>
    public string? PartnerId { get; init; }

    /// <summary>Open ones whose clock was over at this moment.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>What it has to do with, as <c>kind/id</c>.</summary>
    public string? Ref { get; init; }

    /// <summary>A facet, as <c>name=value</c>.</summary>
    public string? Facet { get; init; }

    /// <summary>Came up from this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Came up before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Words that all must be in it; its number is one.</summary>
    public string? Text { get; init; }

    /// <summary>Whether restricted ones are meant, and only those.</summary>
    public bool Restricted { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Searches the table of matters; never asks a grain.</summary>
public sealed class MatterSearch(DispatchDatabase database)
{
    /// <summary>Finds a page, newest first.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public async Task<Page<MatterRow>> FindAsync(MatterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        var conditions = new Conditions(command);
        conditions.Add("restricted = {0}", query.Restricted);
        conditions.AddIn("station_id", query.StationIds);
        conditions.AddIn("community_id", query.CommunityIds);
        conditions.AddIn("id", query.Ids);
        conditions.AddIn("kind", query.Kinds);
        conditions.AddIn("status", query.Statuses);
        conditions.Add("category = {0}", query.Category);
        conditions.Add("is_open = {0}", query.IsOpen);
        conditions.Add("pair_id = {0}", query.PairId);
        conditions.Add("partner_id = {0}", query.PartnerId);
        conditions.Add("is_open = {0}", query.OverdueAt is null ? null : true);
        conditions.Add("due_at < {0}", query.OverdueAt);
        conditions.Add("opened_at >= {0}", query.From);
        conditions.Add("opened_at < {0}", query.Before);
        conditions.Add(database.Kind == DatabaseKind.PostgreSql ? "has_to_do_with @> ARRAY[{0}]" : "instr(refs, ' ' || {0} || ' ') > 0", query.Ref);
        conditions.Add(database.Kind == DatabaseKind.PostgreSql ? "position(' ' || {0} || ' ' IN facets) > 0" : "instr(facets, ' ' || {0} || ' ') > 0", query.Facet);
        FullText.Add(conditions, database.Kind, query.Text);
        conditions.AddCursor("opened_at", query.Cursor);
        command.CommandText = $"SELECT {MatterTables.Columns} FROM matter WHERE {conditions} ORDER BY opened_at DESC, id DESC LIMIT {query.Limit + 1}";
        var found = new List<MatterRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(MatterTables.Row(reader));
        }

        return Page.Of(found, query.Limit, x => new PageCursor(x.OpenedAt, x.Id));
    }
}
