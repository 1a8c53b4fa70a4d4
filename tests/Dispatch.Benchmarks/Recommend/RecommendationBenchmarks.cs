using BenchmarkDotNet.Attributes;
using Dispatch.Stations;

namespace Dispatch.Benchmarks.Recommend;

/// <summary>One recommendation among 10,000 pairs on duty, over a round of different calls.</summary>
[MemoryDiagnoser]
public class RecommendationBenchmarks
{
    private const int Calls = 1024;
    private readonly Crowd crowd = new(RecommendCommand.Pairs, seed: 1);
    private RecommendationRequest[] requests = [];
    private int next;

    /// <summary>The calls.</summary>
    [GlobalSetup]
    public void Setup() => requests = [.. Enumerable.Range(0, Calls).Select(_ => crowd.NextRequest())];

    /// <summary>Every pair scored, the best five kept.</summary>
    [Benchmark(Baseline = true, Description = "best five: scoring all of them")]
    public int BestByScoringAll() => ScoringAll.Recommend(Next(shortfalls: 0), crowd.Pairs).Count;

    /// <summary>The index, the best five alone, with their reasons.</summary>
    [Benchmark(Description = "best five: ours")]
    public int BestByIndex() => crowd.Index.Recommend(Next(shortfalls: 0)).Recommendations.Length;

    /// <summary>The definition of the whole answer: everybody scored and sorted, counted and given a reason.</summary>
    [Benchmark(Description = "whole answer: for all of them")]
    public int AnswerForAll() => RecommendationRules.Recommend(Next(), crowd.Pairs).Recommendations.Length;

    /// <summary>The product: best five, the nearest fifty of the others with their reasons, and how many are left out for what.</summary>
    [Benchmark(Description = "whole answer: ours")]
    public int AnswerByIndex() => crowd.Index.Recommend(Next()).Recommendations.Length;

    private RecommendationQuery Next(int? shortfalls = null)
    {
        var request = requests[next++ & (Calls - 1)];
        return Crowd.Ready(shortfalls is { } limit ? request with { ShortfallLimit = limit } : request);
    }
}
