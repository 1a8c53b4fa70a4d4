using Dispatch.Month;
using Dispatch.Processes;

namespace Dispatch.Tests.Month;

/// <summary>The month on a running server: no answer is otherwise than the data set says, and what the server shows afterwards is what the data set adds up to.</summary>
public sealed class CommunityMonthTests(PostgresServer postgres)
{
    private const int PerDay = 12;

    /// <summary>In the middle of the month, where much is under way.</summary>
    private const int KilledAt = 300;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Month_KilledInTheMiddleAndPlayedAgain_IsShownAsItSays(bool onPostgres)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var run = await MonthServerRun.StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        await BreakOffAsync(run, cancelled);

        var (plan, report) = await run.PlayAsync(PerDay, cancelled);
        Assert.True(report.Unexpected.IsEmpty, string.Join('\n', report.Unexpected.Select(x => $"{x.Step.Key} {x.Step.At:u} {x.Step.Path}: {x.Status} {x.Code} {x.Detail}")));
        Assert.Equal(plan.Steps.Length, report.Total.Steps);
        Assert.Equal(0, report.Total.LeftOut);
        using var check = await MonthCheck.BeginAsync(run.Server.Url, plan, report);
        await check.EverythingAsync();

        // Played whole once more, under the same keys: nothing doubles.
        var (_, again) = await run.PlayAsync(PerDay, cancelled);
        Assert.Empty(again.Unexpected);
        Assert.Equal(report.Ids, again.Ids);
        await check.EverythingAsync();
    }

    /// <summary>Plays the beginning, and kills the server while a step is under way.</summary>
    private static async Task BreakOffAsync(MonthServerRun run, CancellationToken cancelled)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        MonthPlayer? player = null;
        var playing = run.PlayAsync(PerDay, broken.Token, x => player = x);
        while (player?.Played is not >= KilledAt && !playing.IsCompleted)
        {
            await Task.Delay(5, cancelled);
        }

        await run.Server.KillAsync();
        await broken.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        await run.Server.StartAsync();
    }
}
