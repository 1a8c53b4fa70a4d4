using System.Globalization;
using Dispatch.Benchmarks.Live;
using Dispatch.Communities;
using Dispatch.Journal;
using Dispatch.Live;
using Npgsql;
using NpgsqlTypes;

namespace Dispatch.Benchmarks.Community;

/// <summary>What was recorded in the days before: put into the tables at once, as the server would have written it.</summary>
public static class WorkHistory
{
    /// <summary>Interactions of a community a day.</summary>
    public const int PerDay = 100;

    /// <summary>Open matters of a community.</summary>
    private const int Matters = 20;

    private static readonly string[] Words =
    [
        "走访独居老人，送防诈骗传单", "居民反映楼道堆放杂物，已劝导清理", "调解停车纠纷，双方同意轮流停放", "商户咨询消防检查要求", "夜间噪音投诉，已上门提醒", "校园门口护学",
    ];

    /// <summary>Fills the tables.</summary>
    /// <param name="postgres">Connection string.</param>
    /// <param name="town">How many communities and stations.</param>
    /// <param name="days">How many days.</param>
    public static async Task FillAsync(string postgres, LiveTown town, int days)
    {
        ArgumentNullException.ThrowIfNull(town);
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        var now = DateTimeOffset.UtcNow;
        await FillInteractionsAsync(connection, town, days, now);
        await FillMattersAsync(connection, town, now);
        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE interaction, matter", connection) { CommandTimeout = 600 };
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task FillInteractionsAsync(NpgsqlConnection connection, LiveTown town, int days, DateTimeOffset now)
    {
        const string Copy = """
            COPY interaction (id, version, community_id, station_id, kind, pair_id, participants, minutes, at, recorded_at, withdrawn, text, terms, view)
            FROM STDIN BINARY
            """;
        await using var rows = await connection.BeginBinaryImportAsync(Copy);
        for (var i = 0; i < days * PerDay; i++)
        {
            for (var community = 0; community < town.Communities; community++)
            {
                await WriteAsync(rows, Interaction(town, community, i, now.AddDays(-i / (double)PerDay)));
            }
        }

        await rows.CompleteAsync();
    }

    private static InteractionRow Interaction(LiveTown town, int community, int number, DateTimeOffset at)
    {
        var kinds = Enum.GetValues<InteractionKind>();
        var text = $"{Words[(number + (community * 7)) % Words.Length]} {number.ToString(CultureInfo.InvariantCulture)}";
        var view = new InteractionView(
            Guid.CreateVersion7(at).ToString("D"), kinds[(number + community) % kinds.Length], LiveTown.PairId(community), text, number % 9, at) { Minutes = 10 };
        return new InteractionRow($"c{community}", LiveTown.StationId(community % town.Stations), 1, view);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter rows, InteractionRow row)
    {
        await rows.StartRowAsync();
        await rows.WriteAsync(row.View.Id);
        await rows.WriteAsync(1L);
        await TextsAsync(rows, row.CommunityId, row.StationId, InteractionRows.Kind(row), row.View.PairId!);
        await rows.WriteAsync(row.View.Participants);
        await rows.WriteAsync(row.View.Minutes!.Value);
        await rows.WriteAsync(row.View.At, NpgsqlDbType.TimestampTz);
        await rows.WriteAsync(row.View.RecordedAt, NpgsqlDbType.TimestampTz);
        await rows.WriteAsync(false);
        await TextsAsync(rows, row.View.Text!, InteractionRows.Terms(row), InteractionRows.View(row).ToString());
    }

    private static async Task FillMattersAsync(NpgsqlConnection connection, LiveTown town, DateTimeOffset now)
    {
        const string Copy = """
            COPY matter (id, kind, number, version, community_id, station_id, status, is_open, category, opened_at, due_at, restricted, refs, facets, terms, view, masked)
            FROM STDIN BINARY
            """;
        await using var rows = await connection.BeginBinaryImportAsync(Copy);
        for (var i = 0; i < town.Communities * Matters; i++)
        {
            await WriteMatterAsync(rows, $"c{i / Matters}", LiveTown.StationId(i / Matters % town.Stations), Words[i % Words.Length], now.AddHours(-i % Matters * 7));
        }

        await rows.CompleteAsync();
    }

    private static async Task WriteMatterAsync(NpgsqlBinaryImporter rows, string communityId, string stationId, string title, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at).ToString("D");
        var number = MatterIds.Number(MatterKind.Concern, id, at);
        var view = JsonText.Of(new { id, number, communityId, status = "raised", title, openedAt = at }).ToString();
        await rows.StartRowAsync();
        await TextsAsync(rows, id, "concern", number);
        await rows.WriteAsync(1L);
        await TextsAsync(rows, communityId, stationId, "raised");
        await rows.WriteAsync(true);
        await rows.WriteAsync("noise");
        await rows.WriteAsync(at, NpgsqlDbType.TimestampTz);
        await rows.WriteAsync(at.AddHours(72), NpgsqlDbType.TimestampTz);
        await rows.WriteAsync(false);
        await TextsAsync(rows, string.Empty, string.Empty, SearchTerms.Line($"{number} {title}"), view, view);
    }

    private static async Task TextsAsync(NpgsqlBinaryImporter rows, params string[] texts)
    {
        foreach (var text in texts)
        {
            await rows.WriteAsync(text);
        }
    }
}
