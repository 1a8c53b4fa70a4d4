using System.Text.Json;
using Dispatch.Api;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Incidents;

/// <summary>What is searched for.</summary>
/// <param name="IsOpen">Only open or only ended ones; null for both.</param>
/// <param name="StationIds">Stations in question; null for all.</param>
/// <param name="CommunityId">One community.</param>
/// <param name="Cursor">Where the last page ended.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record IncidentQuery(bool? IsOpen, IReadOnlyList<string>? StationIds, string? CommunityId, string? Cursor, int Limit);

/// <summary>Searches the table that follows the journal; never asks a grain.</summary>
public sealed class IncidentSearch(DispatchDatabase database)
{
    /// <summary>Finds a page, without address and notes.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public async Task<Page<IncidentView>> FindAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        var conditions = new Conditions(command);
        conditions.Add("is_open = {0}", query.IsOpen);
        conditions.AddIn("station_id", query.StationIds);
        conditions.Add("community_id = {0}", query.CommunityId);
        conditions.AddCursor("opened_at", query.Cursor);
        command.CommandText = $"SELECT view FROM incident WHERE {conditions} ORDER BY opened_at DESC, id DESC LIMIT {query.Limit + 1}";
        var found = new List<IncidentView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(JsonSerializer.Deserialize<IncidentView>(reader.GetString(0), DispatchJson.Options)!.ForStationFeed());
        }

        return Page.Of(found, query.Limit, x => new PageCursor(x.OpenedAt, x.Id));
    }
}
