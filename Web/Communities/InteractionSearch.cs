using System.Data.Common;
using System.Text.Json;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Live;
using Dispatch.Protection;
using Dispatch.Storage;

namespace Dispatch.Communities;

/// <summary>An interaction that was found, with where it was.</summary>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community then.</param>
/// <param name="Interaction">The interaction.</param>
public sealed record FoundInteraction(string CommunityId, string StationId, InteractionView Interaction);

/// <summary>What is searched for; null means any.</summary>
/// <param name="StationIds">Stations in question.</param>
/// <param name="CommunityIds">Communities in question.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record InteractionQuery(IReadOnlyCollection<string>? StationIds, IReadOnlyCollection<string>? CommunityIds, int Limit)
{
    /// <summary>Kinds.</summary>
    public IReadOnlyCollection<string>? Kinds { get; init; }

    /// <summary>The pair that had it.</summary>
    public string? PairId { get; init; }

    /// <summary>The incident it came of.</summary>
    public string? IncidentId { get; init; }

    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Words that all must be in it.</summary>
    public string? Text { get; init; }

    /// <summary>The middle of a circle.</summary>
    public GeoPoint? Near { get; init; }

    /// <summary>Its radius in metres, up to 50,000.</summary>
    public double WithinMetres { get; init; } = 500;

    /// <summary>Where the last page ended.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Searches all interactions in their table; never asks a grain.</summary>
public sealed class InteractionSearch(DispatchDatabase database)
{
    private const string Columns = "community_id, station_id, view, text";
    private const double MetresPerDegree = 111_320;

    /// <summary>Finds a page, newest first.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public async Task<Page<FoundInteraction>> FindAsync(InteractionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        var conditions = new Conditions(command);
        conditions.AddIn("station_id", query.StationIds);
        conditions.AddIn("community_id", query.CommunityIds);
        conditions.AddIn("kind", query.Kinds);
        conditions.Add("pair_id = {0}", query.PairId);
        conditions.Add("incident_id = {0}", query.IncidentId);
        conditions.Add("at >= {0}", query.From);
        conditions.Add("at < {0}", query.Before);
        FullText.Add(conditions, database.Kind, query.Text, query.CommunityIds);
        AddNear(conditions, query);
        conditions.AddCursor("at", query.Cursor);
        command.CommandText =
            $"SELECT {Columns} FROM interaction WHERE {conditions} ORDER BY at DESC, id DESC LIMIT {query.Limit + 1}";
        var found = new List<FoundInteraction>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Read(reader));
        }

        return Page.Of(found, query.Limit, x => new PageCursor(x.Interaction.At, x.Interaction.Id));
    }

    /// <summary>One interaction; null where there is none.</summary>
    public async Task<(FoundInteraction Found, SealedFields? Person)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand($"SELECT {Columns}, person FROM interaction WHERE id = @p0");
        new Conditions(command).Value(id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? null
            : (Read(reader), reader.IsDBNull(4) ? null : JsonSerializer.Deserialize<SealedFields>(reader.GetString(4), DispatchJson.Options));
    }

    private static FoundInteraction Read(DbDataReader reader)
    {
        var view = JsonSerializer.Deserialize<InteractionView>(reader.GetString(2), DispatchJson.Options)!;
        return new FoundInteraction(reader.GetString(0), reader.GetString(1), view with { Text = reader.IsDBNull(3) ? null : reader.GetString(3) });
    }

    /// <summary>A box around the circle: places are rounded to 100 m, so its corners do not matter.</summary>
    private static void AddNear(Conditions conditions, InteractionQuery query)
    {
        if (query.Near is { } middle)
        {
            var up = query.WithinMetres / MetresPerDegree;
            var aside = up / Math.Max(0.01, Math.Cos(middle.Lat * Math.PI / 180));
            conditions.Add("lat >= {0}", middle.Lat - up);
            conditions.Add("lat <= {0}", middle.Lat + up);
            conditions.Add("lon >= {0}", middle.Lon - aside);
            conditions.Add("lon <= {0}", middle.Lon + aside);
        }
    }
}

/// <summary>Words that a row must have, in the terms of <see cref="SearchTerms"/>.</summary>
public static class FullText
{
    /// <summary>Most communities that are looked up among the terms; in more of them than this a bureau's words are as few.</summary>
    private const int MostCommunities = 20;

    /// <summary>Adds the condition: the full-text index on PostgreSQL, the line of terms on SQLite.</summary>
    /// <param name="conditions">The search's conditions, which limit the communities besides.</param>
    /// <param name="kind">Which database.</param>
    /// <param name="text">Words that all must be there; null for none.</param>
    /// <param name="communityIds">Communities in question; null for all.</param>
    public static void Add(Conditions conditions, DatabaseKind kind, string? text, IReadOnlyCollection<string>? communityIds)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        var terms = SearchTerms.OfQuery(text);
        if (terms.Count == 0)
        {
            conditions.Add("1 = 0");
        }
        else if (kind == DatabaseKind.PostgreSql)
        {
            conditions.Add("found_by @@ CAST({0} AS tsquery)", Query(terms, communityIds));
        }
        else
        {
            foreach (var term in terms)
            {
                conditions.Add("instr(terms, {0}) > 0", $" {term} ");
            }
        }
    }

    private static string Query(IReadOnlyList<string> terms, IReadOnlyCollection<string>? communityIds)
    {
        var all = terms.Select(Quoted);
        return communityIds is { Count: > 0 and <= MostCommunities }
            ? string.Join(" & ", all.Prepend($"({string.Join(" | ", communityIds.Select(x => Quoted($"@{x}")))})"))
            : string.Join(" & ", all);
    }

    /// <summary>A term as PostgreSQL reads it in a query.</summary>
    public static string Quoted(string term) => $"'{term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
