using System.Globalization;
using Dispatch.Benchmarks.Processes;

namespace Dispatch.Benchmarks.Durable;

/// <summary>
/// Durable commands of the product against raw one-row commits of the same bytes. Ours, raw and stock take turns, each on a fresh copy of the same
/// prepared database, and the medians of the rounds are compared, because a machine's speed changes while it is measured.
/// </summary>
public sealed class DurableBenchmark(DurableOptions options)
{
    private static readonly Kind[] Kinds =
    [
        new("note on an incident", "incident", workload => workload.AddNoteAsync),
        new("activity of a pair", "pair", workload => workload.SetActivityAsync),
    ];

    /// <summary>Measures and prints.</summary>
    public async Task<int> RunAsync()
    {
        await using var database = await PreparedDatabase.CreateAsync(options.Sqlite);
        Say($"{await database.DescribeAsync()}; {Environment.ProcessorCount} processors; {DurableOptions.Grains} incidents and as many pairs");
        Say($"medians of {options.Rounds} rounds of {options.Length.TotalSeconds} s each");
        foreach (var kind in Kinds)
        {
            await MeasureAsync(database, kind);
        }

        await MeasureAcceptAsync(database);
        return 0;
    }

    private async Task MeasureAsync(PreparedDatabase database, Kind kind)
    {
        var (ours, raw, stock) = (new List<double>(), new List<double>(), new List<double>());
        var bytes = 0;
        for (var round = 0; round < options.Rounds; round++)
        {
            var group = await RateAsync(database, kind, "GroupCommit");
            bytes = group.Bytes;
            ours.Add(group.Rate);
            raw.Add(await OnRawAsync(database, kind, bytes, x => ClosedLoop.RunAsync(options.Length, x.CommitAsync)));
            stock.Add((await RateAsync(database, kind, "AdoNet")).Rate);
        }

        var (oursRate, rawRate, stockRate) = (Median(ours), Median(raw), Median(stock));
        Say();
        Say($"{kind.Name}: one grain and one record of {bytes:N0} bytes each, {DurableOptions.AtOnce} at once");
        Say($"  raw one-row commits    {rawRate,8:N0} /s          {Each(raw)}");
        Say($"  group-commit storage   {oursRate,8:N0} /s  {oursRate / rawRate,6:0.00}  {Each(ours)}");
        Say($"  stock ADO.NET storage  {stockRate,8:N0} /s  {stockRate / rawRate,6:0.00}  {Each(stock)}");
        await MeasureLatencyAsync(database, kind, bytes, oursRate / 2);
    }

    private async Task MeasureLatencyAsync(PreparedDatabase database, Kind kind, int bytes, double perSecond)
    {
        var (ours, raw) = (new List<Latency>(), new List<Latency>());
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(await database.OnSiloAsync(
                "GroupCommit", (_, workload) => OpenLoop.RunAsync(perSecond, options.Length, kind.Send(workload))));
            raw.Add(await OnRawAsync(database, kind, bytes, x => OpenLoop.RunAsync(perSecond, options.Length, x.CommitAsync)));
        }

        var (oursP99, rawP99) = (Median(ours.Select(x => x.P99)), Median(raw.Select(x => x.P99)));
        Say($"  at half of that load, {perSecond:N0} /s at an even pace, from when each was due:");
        Say($"  raw one-row commits    p50 {Median(raw.Select(x => x.P50)),6:0.00} ms  p99 {rawP99,6:0.00} ms          {Each(raw.Select(x => x.P99), "0.0")}");
        Say($"  group-commit storage   p50 {Median(ours.Select(x => x.P50)),6:0.00} ms  p99 {oursP99,6:0.00} ms  {oursP99 / rawP99,6:0.00}  {Each(ours.Select(x => x.P99), "0.0")}");
    }

    private async Task MeasureAcceptAsync(PreparedDatabase database)
    {
        Say();
        Say($"for information: a pair accepts its offer (two grains, two records one after the other), {DurableOptions.AtOnce} at once, {DurableOptions.Grains} of them");
        foreach (var storage in new[] { "GroupCommit", "AdoNet" })
        {
            var rates = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
            {
                rates.Add(await database.OnSiloAsync(
                    storage, (_, workload) => ClosedLoop.EachAsync(DurableOptions.Grains, workload.AcceptAsync)));
            }

            Say($"  {storage,-21}  {Median(rates),8:N0} /s          {Each(rates)}");
        }
    }

    private Task<(double Rate, int Bytes)> RateAsync(PreparedDatabase database, Kind kind, string storage) =>
        database.OnSiloAsync(storage, async (silo, workload) =>
        {
            var before = silo.Written.Total;
            var rate = await ClosedLoop.RunAsync(options.Length, kind.Send(workload));
            var after = silo.Written.Total;
            return (rate, (int)((after.Bytes - before.Bytes) / (after.Records - before.Records)));
        });

    private static Task<T> OnRawAsync<T>(PreparedDatabase database, Kind kind, int bytes, Func<RawCommits, Task<T>> measure) =>
        database.OnConnectionsAsync(async source =>
        {
            await using var raw = await RawCommits.OpenAsync(source, database.Connections, kind.State, bytes);
            return await measure(raw);
        });

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Each(IEnumerable<double> values, string format = "N0") =>
        $"({string.Join(", ", values.Select(x => x.ToString(format, CultureInfo.InvariantCulture)))})";

    private static void Say(FormattableString? line = null) =>
        Console.Out.WriteLine(line is null ? string.Empty : line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A kind of command.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="State">Name of the state whose record it writes.</param>
    /// <param name="Send">Sends the i-th.</param>
    private sealed record Kind(string Name, string State, Func<Workload, Func<int, Task>> Send);
}
