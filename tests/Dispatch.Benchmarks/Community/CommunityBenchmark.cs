using System.Diagnostics;
using System.Globalization;
using Dispatch.Benchmarks.Live;
using Dispatch.Processes;
using HdrHistogram;
using Npgsql;

namespace Dispatch.Benchmarks.Community;

/// <summary>
/// One community's feed and pages in a bureau of one community and in a large one, in turns on the same machine, each with its days of history. Beside the pages
/// stands the database's own time for the same question: what no server could be faster than.
/// </summary>
public static class CommunityBenchmark
{
    private const string Asked = "c0";

    /// <summary>The load on the large bureau: ten times its average over the day.</summary>
    private const double Busy = 10;

    /// <summary>Runs it and prints the figures.</summary>
    public static async Task RunAsync(CommunitySetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        await using var postgres = await PostgresServer.StartAsync();
        var rate = Math.Max(0.1, setting.Communities * WorkHistory.PerDay / 86_400.0 * Busy);
        var stations = Math.Min(20, setting.Communities);
        await using var one = await StartAsync(postgres, new LiveTown(1, 1, 1), setting.Days);
        await using var many = await StartAsync(postgres, new LiveTown(stations, setting.Communities, setting.Communities), setting.Days);
        var rows = setting.Communities * setting.Days * WorkHistory.PerDay;
        Live.Figures.Say($"{setting.Communities} communities, {WorkHistory.PerDay} interactions a day each, {setting.Days} days: {rows:N0} rows. While the large bureau is");
        Live.Figures.Say($"measured, {rate:F1} interactions a second are recorded all over it. {await postgres.DescribeAsync()}");
        await WarmUpAsync(one.Probe);
        await WarmUpAsync(many.Probe);
        for (var round = 0; round < setting.Rounds; round++)
        {
            await MeasureAsync(one.Probe, setting.Length);
            using var stop = new CancellationTokenSource();
            var load = many.Probe.LoadAsync(setting.Communities, rate, stop.Token);
            await MeasureAsync(many.Probe, setting.Length);
            await stop.CancelAsync();
            await load;
        }

        PrintTable(one.Probe, many.Probe);
        await PrintRawAsync(many.Connection);
    }

    private static async Task WarmUpAsync(CommunityProbe probe)
    {
        for (var i = 0; i < 30; i++)
        {
            await probe.DoAsync();
        }

        foreach (var histogram in probe.Times.Values)
        {
            histogram.Reset();
        }
    }

    private static async Task MeasureAsync(CommunityProbe probe, TimeSpan length)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < length;)
        {
            await probe.DoAsync();
        }

        for (var i = 0; i < 3; i++)
        {
            await probe.DoWholeBureauAsync();
        }
    }

    private static void PrintTable(CommunityProbe one, CommunityProbe many)
    {
        Live.Figures.Say();
        Live.Figures.Say($"{"milliseconds, p50 / p99",-36} {"one community",16} {"many",16} {"ratio p50",10} {"ratio p99",10}");
        foreach (var (name, small) in one.Times)
        {
            var large = many.Times[name];
            Live.Figures.Say($"{name,-36} {Of(small),16} {Of(large),16} {Ratio(small, large, 50),10:F2} {Ratio(small, large, 99),10:F2}");
        }
    }

    private static async Task PrintRawAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        Live.Figures.Say();
        Live.Figures.Say($"the database alone, the same rows of many communities:");
        await PrintRawAsync(source, "newest of the community", $"SELECT view, text FROM interaction WHERE community_id = '{Asked}' ORDER BY at DESC, id DESC LIMIT 51");
        await PrintRawAsync(
            source, "words in the bureau",
            "SELECT view, text FROM interaction WHERE found_by @@ CAST($$'停车' & '车纠' & '纠纷' & '17'$$ AS tsquery) ORDER BY at DESC, id DESC LIMIT 51");
    }

    private static async Task PrintRawAsync(NpgsqlDataSource source, string name, string sql)
    {
        var times = new LongHistogram(60_000_000, 3);
        for (var i = 0; i < 200; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                reader.GetString(0);
            }

            times.RecordValue((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        Live.Figures.Say($"{name,-36} {Of(times),16}");
    }

    private static string Of(LongHistogram times) =>
        string.Create(CultureInfo.InvariantCulture, $"{times.GetValueAtPercentile(50) / 1000.0:F1} / {times.GetValueAtPercentile(99) / 1000.0:F1}");

    private static double Ratio(LongHistogram one, LongHistogram many, double percentile) =>
        many.GetValueAtPercentile(percentile) / (double)Math.Max(1, one.GetValueAtPercentile(percentile));

    private static async Task<Bureau> StartAsync(PostgresServer postgres, LiveTown town, int days)
    {
        var connection = await postgres.CreateDatabaseAsync();
        var directory = Directory.CreateTempSubdirectory("dispatch-community-").FullName;
        var organisation = Path.Combine(directory, "organisation.json");
        await town.WriteAsync(organisation);
        var server = DispatchServer.On(connection, ("Dispatch__Demo", "false"), ("Dispatch__Organisation", organisation));
        await server.StartAsync();
        await WorkHistory.FillAsync(connection, town, days);
        return new Bureau(server, await CommunityProbe.StartAsync(server, Asked), connection, directory);
    }

    private sealed record Bureau(DispatchServer Server, CommunityProbe Probe, string Connection, string Directory) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Probe.DisposeAsync();
            await Server.DisposeAsync();
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
