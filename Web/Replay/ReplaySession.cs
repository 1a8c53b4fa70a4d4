using Spectre.Console;

namespace Dispatch.Replay;

/// <summary>What is replayed, where and how fast.</summary>
/// <param name="Access">Server and account.</param>
/// <param name="Map">How the files are read.</param>
/// <param name="Pace">How fast recorded time passes.</param>
/// <param name="Concurrency">Most commands at once.</param>
public sealed record ReplayOptions(ServerAccess Access, ColumnMap Map, Pace Pace, int Concurrency);

/// <summary>One replay: signs in and on, carries the timeline out, looks at what is left, reports.</summary>
public sealed class ReplaySession : IDisposable
{
    /// <summary>What may be spent on winding down after Ctrl-C, which ends the process two seconds later at the most.</summary>
    private static readonly TimeSpan WindDown = TimeSpan.FromSeconds(1.2);

    private const int LooksAtOpenIncidents = 6;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private readonly string name = $"replay-{Guid.CreateVersion7():N}";
    private readonly ReplayOptions options;
    private readonly IAnsiConsole console;
    private readonly TimeProvider time;
    private readonly ReplayTally tally;
    private readonly DispatchApi api;

    private ReplaySession(ReplayOptions options, IAnsiConsole console, TimeProvider time, ReplayTally tally, DispatchApi api)
    {
        this.options = options;
        this.console = console;
        this.time = time;
        this.tally = tally;
        this.api = api;
    }

    /// <summary>Signs in.</summary>
    /// <exception cref="CommandFaultException">The server cannot be reached or refuses the account.</exception>
    public static async Task<ReplaySession> SignInAsync(ReplayOptions options, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var tally = new ReplayTally();
        var api = await DispatchApi.SignInAsync(options.Access, options.Concurrency, tally, time, cancellationToken);
        return new ReplaySession(options, console, time, tally, api);
    }

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();

    /// <summary>Replays rows.</summary>
    /// <exception cref="CommandFaultException">The server has no organisation, or the account may not read it.</exception>
    public async Task<ReplayReport> RunAsync(RecordedRows rows, CancellationToken cancellationToken)
    {
        var organisation = await ReadOrganisationAsync(cancellationToken);
        var plan = ReplayPlanner.Plan(rows, options.Map, organisation);
        var steps = Timeline.Build(plan.Calls);
        var watch = new CommitmentWatch();
        await using var screen = new ReplayScreen(
            options.Access.Server, api, organisation.Stations.IsDefault ? [] : organisation.Stations.Select(x => x.Id), tally, time);
        screen.Start();
        var performed = new ReplaySteps(api, plan, name, watch, screen);
        using var run = new TimelineRun(steps, options.Pace, options.Concurrency, time);
        var pairs = plan.PairIds.ToHashSet(StringComparer.Ordinal);
        console.WriteLine($"{plan.Calls.Length} calls, {pairs.Count} pairs, {steps.Length} steps, {plan.Rejected.Length} rows rejected; run {name}");

        var startedAt = time.GetTimestamp();
        var working = WorkAsync(run, performed, organisation.Pairs.Where(x => pairs.Contains(x.Id)), cancellationToken);
        await ReplayProgress.ShowAsync(
            console, () => new ReplayProgress(steps.Length, run.Done, performed.Closed, plan.Calls.Length), working, time);
        var stopped = await working;
        var elapsed = time.GetElapsedTime(startedAt);
        var figures = tally.Figures();
        var difference = stopped is null ? await CompareAsync(screen, performed, pairs) : null;
        var stillOpen = stopped is null
            ? await CountOpenPatientlyAsync(performed)
            : await WindDownAsync(performed, closes: cancellationToken.IsCancellationRequested);
        return new ReplayReport
        {
            Pace = options.Pace,
            StoppedBecause = stopped,
            Calls = plan.Calls.Length,
            Opened = performed.Opened,
            Closed = performed.Closed,
            WoundDown = performed.WoundDown,
            StillOpen = stillOpen,
            Units = plan.Calls.Sum(x => x.Units.Length),
            Pairs = pairs.Count,
            HeldByOurs = performed.HeldByOurs,
            HeldByOthers = performed.HeldByOthers,
            DoubleCommitments = watch.Violations,
            Screens = screen.Stations,
            ScreenDifference = difference,
            Rejected = plan.Rejected,
            Adjusted = plan.Adjusted,
            Tally = figures,
            Recorded = Intervals.Spreads(plan.Calls.SelectMany(Intervals.Recorded)),
            Ours = Intervals.Spreads(performed.OurIntervals.Select(x => x with { Length = options.Pace.InRecordedTime(x.Length) })),
            Elapsed = elapsed,
            WorstLag = run.WorstLag,
        };
    }

    private async Task<OrganisationAnswer> ReadOrganisationAsync(CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync("organisation", cancellationToken);
        if (!answer.IsDone)
        {
            throw new CommandFaultException($"The organisation cannot be read ({answer.Status} {answer.Code}): {answer.Detail}");
        }

        return answer.Read<OrganisationAnswer>() is { Pairs.IsDefault: false, Communities.IsDefault: false } read
            && read is { Categories.IsDefault: false, Dispositions.IsDefault: false }
            ? read
            : throw new CommandFaultException("The server's answer for the organisation cannot be read.");
    }

    /// <summary>Does it all.</summary>
    /// <returns>Why it stopped before its end; null where it did not.</returns>
    private async Task<string?> WorkAsync(
        TimelineRun run, ReplaySteps steps, IEnumerable<PairAnswer> pairs, CancellationToken cancellationToken)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(pairs, parallel, async (pair, token) => await SignOnAsync(pair, token));
            await run.RunAsync(steps.PerformAsync, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return "by the user";
        }
        catch (Exception exception) when (exception is ServerLostException or CommandFaultException)
        {
            return exception.Message;
        }
    }

    /// <summary>Signs a pair on with all its officers. A pair that is on duty already answers pairAlreadyOnDuty, which is as good.</summary>
    private Task<ApiAnswer> SignOnAsync(PairAnswer pair, CancellationToken cancellationToken) => api.PostAsync(
        "signOn",
        $"pairs/{Uri.EscapeDataString(pair.Id)}/sign-on",
        new { OfficerIds = pair.Officers.Select(x => x.Id) },
        $"{name}-sign-on-{pair.Id}",
        cancellationToken);

    /// <summary>How many of ours the server lists as open. Its lists follow the incidents by a moment, so it is asked again while any is left.</summary>
    private async Task<int?> CountOpenPatientlyAsync(ReplaySteps steps)
    {
        int? open = null;
        try
        {
            for (var look = 0; look < LooksAtOpenIncidents && open is not 0; look++)
            {
                await Task.Delay(look == 0 ? TimeSpan.Zero : BetweenLooks, time);
                open = await CountOpenOnceAsync(steps, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is ServerLostException or CommandFaultException)
        {
            // Not known; the report says so.
        }

        return open;
    }

    private static async Task<string?> CompareAsync(ReplayScreen screen, ReplaySteps steps, IReadOnlySet<string> pairs)
    {
        try
        {
            return await screen.DifferenceAsync([.. steps.IncidentIds], pairs, CancellationToken.None);
        }
        catch (ServerLostException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Closes what the user's stop left open, as far as there is time, and looks once what is.</summary>
    private async Task<int?> WindDownAsync(ReplaySteps steps, bool closes)
    {
        using var limit = new CancellationTokenSource(WindDown, time);
        try
        {
            if (closes)
            {
                await steps.WindDownAsync(options.Concurrency, limit.Token);
            }

            return await CountOpenOnceAsync(steps, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ServerLostException or CommandFaultException)
        {
            return null;
        }
    }

    private async Task<int?> CountOpenOnceAsync(ReplaySteps steps, CancellationToken cancellationToken)
    {
        var ours = steps.IncidentIds.ToHashSet(StringComparer.Ordinal);
        var open = 0;
        for (string? cursor = null; ;)
        {
            var path = cursor is null ? "incidents?state=open" : $"incidents?state=open&cursor={Uri.EscapeDataString(cursor)}";
            var answer = await api.GetAsync(path, cancellationToken);
            if (!answer.IsDone || answer.Read<IncidentPageAnswer>() is not { Items.IsDefault: false } page)
            {
                return null;
            }

            open += page.Items.Count(x => x.IsOpen && ours.Contains(x.Id));
            cursor = page.NextCursor;
            if (cursor is null)
            {
                return open;
            }
        }
    }
}
