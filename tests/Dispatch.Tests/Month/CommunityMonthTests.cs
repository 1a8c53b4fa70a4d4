using Dispatch.Processes;

namespace Dispatch.Tests.Month;

/// <summary>The month on a running server: no answer is otherwise than the data set says, and what the server shows afterwards is what the data set adds up to.</summary>
public sealed class CommunityMonthTests(PostgresServer postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Month_Played_IsAnsweredAsItSays(bool onPostgres)
    {
        await using var run = await MonthServerRun.StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        var (_, report) = await run.PlayAsync(12, TestContext.Current.CancellationToken);
        Assert.True(report.Unexpected.IsEmpty, string.Join('\n', report.Unexpected.Select(x => $"{x.Step.Key} {x.Step.At:u} {x.Step.Path}: {x.Status} {x.Code} {x.Detail}")));
    }
}
