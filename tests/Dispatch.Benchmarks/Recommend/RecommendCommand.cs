using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using HdrHistogram;

namespace Dispatch.Benchmarks.Recommend;

/// <summary>Recommendation among 10,000 pairs on duty: against scoring all of them, and its p99 over random calls while pairs move.</summary>
public static class RecommendCommand
{
    /// <summary>How many pairs are on duty.</summary>
    public const int Pairs = 10_000;

    /// <summary>How many move between two calls: at one report in 10 s from each pair, and 100 calls a second, ten do.</summary>
    private const int MovesBetweenCalls = 10;

    /// <summary>The command <c>recommend</c>.</summary>
    public static Command Create()
    {
        var queries = new Option<int>("--queries") { Description = "How many random calls the p99 is taken over.", DefaultValueFactory = _ => 200_000 };
        var command = new Command("recommend", "Recommendation among 10,000 pairs on duty, against scoring all of them.") { queries };
        command.SetAction(x => Run(x.GetValue(queries)));
        return command;
    }

    private static int Run(int queries)
    {
        CheckAnswers();
        var config = ManualConfig.CreateEmpty()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "dispatch-benchmarks"))
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                .WithIterationTime(TimeInterval.FromMilliseconds(250)).WithWarmupCount(4).WithIterationCount(20));
        var summary = BenchmarkRunner.Run<RecommendationBenchmarks>(config);
        Say($"");
        Say($"best five of {Pairs:N0}: {Ratio(summary, nameof(RecommendationBenchmarks.BestByScoringAll), nameof(RecommendationBenchmarks.BestByIndex)):0.0} times faster than scoring all of them");
        Say($"whole answer: {Ratio(summary, nameof(RecommendationBenchmarks.AnswerForAll), nameof(RecommendationBenchmarks.AnswerByIndex)):0.0} times faster than working it out for all of them");
        MeasureLatency(queries);
        return 0;
    }

    /// <summary>Before anything is measured: both give the same.</summary>
    private static void CheckAnswers()
    {
        var crowd = new Crowd(Pairs, seed: 2);
        for (var i = 0; i < 200; i++)
        {
            var query = Crowd.Ready(crowd.NextRequest());
            var expected = ScoringAll.Recommend(query, crowd.Pairs).Select(x => x.Pair.Pair.Id);
            if (!expected.SequenceEqual(crowd.Index.Recommend(query).Recommendations.Select(x => x.PairId)))
            {
                throw new InvalidOperationException($"The answers differ for {query.Request}.");
            }
        }
    }

    private static void MeasureLatency(int queries)
    {
        var crowd = new Crowd(Pairs, seed: 3);
        var took = new LongHistogram(TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond, 3);
        for (var i = -10_000; i < queries; i++)
        {
            for (var move = 0; move < MovesBetweenCalls; move++)
            {
                crowd.MoveSomebody();
            }

            var request = crowd.NextRequest();
            var began = Stopwatch.GetTimestamp();
            crowd.Index.Recommend(Crowd.Ready(request));
            var nanoseconds = Stopwatch.GetElapsedTime(began).Ticks * TimeSpan.NanosecondsPerTick;
            if (i >= 0)
            {
                took.RecordValue(nanoseconds);
            }
        }

        Say($"{queries:N0} random calls, {MovesBetweenCalls} pairs moving between two of them: p50 {At(50)} µs, p90 {At(90)} µs, p99 {At(99)} µs, p99.9 {At(99.9)} µs, most {took.GetMaxValue() / 1000.0:0} µs");

        string At(double percentile) => (took.GetValueAtPercentile(percentile) / 1000.0).ToString("0", CultureInfo.InvariantCulture);
    }

    private static double Ratio(Summary summary, string all, string ours) => MedianOf(summary, all) / MedianOf(summary, ours);

    private static double MedianOf(Summary summary, string method) =>
        summary.Reports.Single(x => x.BenchmarkCase.Descriptor.WorkloadMethod.Name == method).ResultStatistics!.Median;

    private static void Say(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
