using System.Data.Common;
using System.Text.Json;
using Dispatch.Api;
using Dispatch.Communities;
using Dispatch.Disputes;
using Dispatch.Live;
using Dispatch.Packs;
using Dispatch.Storage;

namespace Dispatch.Figures;

/// <summary>Works out of the stored disputes how many were closed locally; the answer depends on the time and the pack, so it is in no column.</summary>
public sealed class ClosedLocallySearch(DispatchDatabase database)
{
    private static readonly string Kind = MatterIds.NameOf(MatterKind.Dispute);

    /// <summary>Counts those that ended in a period.</summary>
    /// <param name="communityIds">Communities in question; null for all.</param>
    /// <param name="days">The period.</param>
    /// <param name="pack">The model whose rule counts.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ClosedLocallyFigures> CountAsync(
        IReadOnlyCollection<string>? communityIds, FigurePeriod days, ModelPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var views = await ReadAsync(
            connection, communityIds, "view", conditions =>
            {
                conditions.Add("closed_at >= {0}", days.Begin);
                conditions.Add("closed_at < {0}", days.End);
            }, x => x.GetString(0), cancellationToken);
        var ended = views.AsParallel().Select(x => JsonSerializer.Deserialize<DisputeView>(x, DispatchJson.Options)!).ToList();
        var repeats = ended.Count == 0 ? [] : await ReadAsync(
            connection, communityIds, "view, opened_at", conditions =>
            {
                conditions.Add("opened_at >= {0}", ended.Min(x => x.OpenedAt));
                conditions.Add("facets LIKE {0}", $"% {DisputeFacets.Repeat} %");
            }, x => (Of: FirstOf(x.GetString(0)), At: x.GetFieldValue<DateTimeOffset>(1)), cancellationToken);
        return Count(ended, repeats.ToLookup(x => x.Of, x => x.At, StringComparer.Ordinal), pack, now);
    }

    private static ClosedLocallyFigures Count(List<DisputeView> ended, ILookup<string, DateTimeOffset> repeats, ModelPack pack, DateTimeOffset now)
    {
        var answers = Enum.GetValues<ClosedLocallyAnswer>().ToDictionary(x => JsonNamingPolicy.CamelCase.ConvertName(x.ToString()), _ => 0, StringComparer.Ordinal);
        foreach (var dispute in ended)
        {
            answers[JsonNamingPolicy.CamelCase.ConvertName(ClosedLocally.Of(dispute, pack, now, repeats[dispute.Id]).Answer.ToString())]++;
        }

        return new ClosedLocallyFigures(
            ended.Count, SmallCounts.Suppress(answers),
            SmallCounts.Told(ended.Count(x => repeats.Contains(x.Id))),
            SmallCounts.Told(ended.Count(x => x.Reopened > 0)),
            SmallCounts.Told(ended.Count(x => x.Hops.Any(y => y.Kind != HopKind.Back))));
    }

    /// <summary>The dispute of which one is a repeat.</summary>
    private static string FirstOf(string view) => JsonSerializer.Deserialize<DisputeView>(view, DispatchJson.Options)!.RepeatOf ?? string.Empty;

    private static async Task<List<T>> ReadAsync<T>(
        DbConnection connection, IReadOnlyCollection<string>? communityIds, string columns, Action<Conditions> more, Func<DbDataReader, T> read,
        CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        var conditions = new Conditions(command);
        conditions.AddIn("community_id", communityIds);
        conditions.Add("kind = {0}", Kind);
        conditions.Add("restricted = {0}", false);
        more(conditions);
        command.CommandText = $"SELECT {columns} FROM matter WHERE {conditions}";
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
