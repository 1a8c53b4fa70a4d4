using System.Collections.Immutable;
using HdrHistogram;

namespace Dispatch.Replay;

/// <summary>Counts and times what is sent and what is answered. Safe to use from every thread.</summary>
public sealed class ReplayTally
{
    /// <summary>Longest time told apart; a command is given up before.</summary>
    private const long LongestMicroseconds = 120_000_000;

    private const int FaultsKept = 5;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, LongHistogram> latencies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Kind, string Code), int> refusals = [];
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> givenUp = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];
    private int faultCount;
    private int noAnswers;
    private int retries;

    /// <summary>The server did or refused a command.</summary>
    /// <param name="kind">Kind of command.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="took">From the first attempt to the answer.</param>
    public void Answered(string kind, ApiAnswer answer, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(answer);
        lock (gate)
        {
            Time(kind, took);
            if (answer.IsDone)
            {
                done[kind] = done.GetValueOrDefault(kind) + 1;
            }
            else
            {
                refusals[(kind, answer.Code)] = refusals.GetValueOrDefault((kind, answer.Code)) + 1;
            }
        }
    }

    /// <summary>A screen showed what had been acknowledged.</summary>
    /// <param name="kind">Kind of change.</param>
    /// <param name="took">From the answer to the screen.</param>
    public void Shown(string kind, TimeSpan took)
    {
        lock (gate)
        {
            Time(kind, took);
        }
    }

    /// <summary>An attempt brought no answer, or one that says nothing about the command.</summary>
    public void Failed(string kind, string request, ApiAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        lock (gate)
        {
            noAnswers += answer.Status == 0 ? 1 : 0;
            if (answer.Status >= 500)
            {
                faultCount++;
                if (faults.Count < FaultsKept)
                {
                    faults.Add($"{kind}: {request} -> {answer.Status} {answer.Code}: {answer.Detail}");
                }
            }
        }
    }

    /// <summary>A command is sent once more.</summary>
    public void Retried() => Interlocked.Increment(ref retries);

    /// <summary>A command was sent for as long as it is tried; nobody knows whether it was done.</summary>
    public void GivenUp(string kind)
    {
        lock (gate)
        {
            givenUp[kind] = givenUp.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>The figures so far.</summary>
    public TallyFigures Figures()
    {
        lock (gate)
        {
            return new TallyFigures(
                done.ToImmutableSortedDictionary(),
                [.. refusals.Select(x => new RefusalFigure(x.Key.Kind, x.Key.Code, x.Value))],
                givenUp.ToImmutableSortedDictionary(),
                [.. latencies.Select(x => Latency(x.Key, x.Value))],
                Volatile.Read(ref retries),
                noAnswers,
                faultCount,
                [.. faults]);
        }
    }

    private void Time(string kind, TimeSpan took)
    {
        if (!latencies.TryGetValue(kind, out var histogram))
        {
            latencies[kind] = histogram = new LongHistogram(LongestMicroseconds, 3);
        }

        histogram.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, LongestMicroseconds));
    }

    private static LatencyFigure Latency(string kind, LongHistogram histogram) => new(
        kind, histogram.TotalCount, Milliseconds(histogram, 50), Milliseconds(histogram, 90), Milliseconds(histogram, 99), Milliseconds(histogram, 100));

    private static double Milliseconds(LongHistogram histogram, double percentile) => histogram.GetValueAtPercentile(percentile) / 1000d;
}

/// <summary>What was sent and answered.</summary>
/// <param name="Done">Commands done, by kind.</param>
/// <param name="Refusals">Commands refused, by kind and code.</param>
/// <param name="GivenUp">Commands of which nobody knows whether they were done, by kind.</param>
/// <param name="Latencies">From the first attempt to the answer, by kind; of <c>accept shown</c>, from the answer to the screen.</param>
/// <param name="Retries">Attempts after the first.</param>
/// <param name="NoAnswers">Attempts without an answer.</param>
/// <param name="FaultCount">Answers 5xx.</param>
/// <param name="Faults">The first of them.</param>
public sealed record TallyFigures(
    ImmutableSortedDictionary<string, int> Done,
    ImmutableArray<RefusalFigure> Refusals,
    ImmutableSortedDictionary<string, int> GivenUp,
    ImmutableArray<LatencyFigure> Latencies,
    int Retries,
    int NoAnswers,
    int FaultCount,
    ImmutableArray<string> Faults)
{
    /// <summary>Commands and reads that were answered for good.</summary>
    public int Commands => Done.Values.Sum() + Refusals.Sum(x => x.Count);
}

/// <summary>How often a kind of command was refused with a code.</summary>
public sealed record RefusalFigure(string Kind, string Code, int Count);

/// <summary>How long a kind of command took, in milliseconds.</summary>
public sealed record LatencyFigure(string Kind, long Count, double P50, double P90, double P99, double Max);
