using Dispatch.Commands;
using Dispatch.Journal;
using Dispatch.Protection;

namespace Dispatch.Tests.Protection;

/// <summary>The access journal is append-only, and who gets round that is found. Fails where a row can be changed or taken out unseen, or good rows are called bad.</summary>
public sealed class AccessChainTests(PostgresServer postgres) : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-chain-").FullName;

    public static TheoryData<bool, string, string> Tampering()
    {
        var data = new TheoryData<bool, string, string>();
        foreach (var onPostgres in new[] { false, true })
        {
            data.Add(onPostgres, "UPDATE access_journal SET reason = 'x' WHERE seq = 20", "altered");
            data.Add(onPostgres, "UPDATE access_journal SET actor_name = 'x' WHERE seq = 1", "altered");
            data.Add(onPostgres, "DELETE FROM access_journal WHERE seq = 7", "missing");
            data.Add(onPostgres, "DELETE FROM access_journal WHERE seq > 7", "cutOff");
            data.Add(onPostgres, "DELETE FROM access_journal", "cutOff");
            data.Add(onPostgres, "UPDATE access_journal SET writer = NULL WHERE seq = 40", "unchained");
            data.Add(onPostgres, "UPDATE access_journal SET fields = 'name', mac = (SELECT mac FROM access_journal y WHERE y.seq = 3 LIMIT 1) WHERE seq = 4", "altered");
        }

        return data;
    }

    [Theory, MemberData(nameof(Tampering))]
    public async Task Verify_AfterAChangeBehindTheTriggers_SaysWhere(bool onPostgres, string sql, string fault)
    {
        var connection = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        await using var process = await ProtectionProcess.StartAsync(directory, connection);
        await using var other = await process.StartAnotherAsync(directory, connection);
        await Task.WhenAll(Enumerable.Range(1, 80).Select(i => (i % 2 == 0 ? process : other).Journal.AppendAccessAsync(
            new AccessEntry($"incident/{i}", ProtectionProcess.Supervisor, ["name", "phone"], "核实", process.Time.GetUtcNow().AddMilliseconds(i)))));
        var good = await other.Get<AccessAudit>().VerifyAsync(CancellationToken.None);
        Assert.Equal((true, 80L, 2, 0L), (good.Holds, good.Rows, good.Chains, good.EarlierRows));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => process.ExecuteAsync(sql));
        Assert.True((await process.Get<AccessAudit>().VerifyAsync(CancellationToken.None)).Holds);

        await process.ExecuteAsync(onPostgres
            ? "ALTER TABLE access_journal DISABLE TRIGGER ALL"
            : "DROP TRIGGER access_journal_no_update; DROP TRIGGER access_journal_no_delete");
        process.Time.Advance(TimeSpan.FromMinutes(1));
        await process.ExecuteAsync(sql);
        var bad = await process.Get<AccessAudit>().VerifyAsync(CancellationToken.None);
        Assert.False(bad.Holds);
        Assert.Contains(fault, bad.Faults.Select(x => x.Fault));
    }

    [Fact]
    public async Task Verify_WithRowsFromBeforeThereWereChains_CountsThemApart()
    {
        await using var process = await ProtectionProcess.StartAsync(directory, null);
        await process.ExecuteAsync(
            "INSERT INTO access_journal (id, at, subject, actor_id, actor_name, fields, reason) VALUES ('a', '2026-11-01 00:00:00+00:00', 's', 'x', 'x', 'caller', 'r')");
        await process.Journal.AppendAccessAsync(new AccessEntry("incident/1", Actor.System, ["caller"], "x", process.Time.GetUtcNow()));
        var verified = await process.Get<AccessAudit>().VerifyAsync(CancellationToken.None);
        Assert.Equal((true, 1L, 1L), (verified.Holds, verified.Rows, verified.EarlierRows));
        await process.ExecuteAsync(
            "INSERT INTO access_journal (id, at, subject, actor_id, actor_name, fields, reason) VALUES ('b', '2026-11-25 00:00:00+00:00', 's', 'x', 'x', 'caller', 'r')");
        Assert.Equal("unchained", Assert.Single((await process.Get<AccessAudit>().VerifyAsync(CancellationToken.None)).Faults).Fault);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
