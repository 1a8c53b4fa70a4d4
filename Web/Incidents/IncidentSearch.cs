using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dispatch.Api;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Incidents;

/// <summary>A page of incidents, newest first.</summary>
/// <param name="Items">Without address and notes.</param>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record IncidentPage(IReadOnlyList<IncidentView> Items, string? NextCursor);

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
    /// <summary>Finds a page.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public async Task<IncidentPage> FindAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT view FROM incident WHERE {Conditions(command, query)} ORDER BY opened_at DESC, id DESC LIMIT {query.Limit + 1}";
        var found = new List<IncidentView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(JsonSerializer.Deserialize<IncidentView>(reader.GetString(0), DispatchJson.Options)!.ForStationFeed());
        }

        var more = found.Count > query.Limit;
        var items = found.Take(query.Limit).ToList();
        return new IncidentPage(items, more ? new PageCursor(items[^1].OpenedAt, items[^1].Id).ToString() : null);
    }

    private static string Conditions(DbCommand command, IncidentQuery query)
    {
        var conditions = new List<string> { "1 = 1" };
        if (query.IsOpen is { } isOpen)
        {
            Add(command, "isOpen", isOpen);
            conditions.Add("is_open = @isOpen");
        }

        if (query.StationIds is { } stations)
        {
            var names = stations.Select((id, i) => Add(command, $"station{i.ToString(CultureInfo.InvariantCulture)}", id)).ToList();
            conditions.Add(names.Count == 0 ? "1 = 0" : $"station_id IN ({string.Join(", ", names)})");
        }

        if (query.CommunityId is { } community)
        {
            Add(command, "community", community);
            conditions.Add("community_id = @community");
        }

        if (query.Cursor is { } cursor)
        {
            var (at, id) = PageCursor.Parse(cursor);
            Add(command, "at", at);
            Add(command, "id", id);
            conditions.Add("(opened_at < @at OR (opened_at = @at AND id < @id))");
        }

        return string.Join(" AND ", conditions);
    }

    private static string Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return $"@{name}";
    }
}
