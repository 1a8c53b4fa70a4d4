using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Grains;

/// <summary>
/// A record holds only results of commands that the journal does not tell; the rest is read from there. Fails where a repeated command is done
/// again after a restart, also one with the other storage.
/// </summary>
public sealed class CommandResultTests(PostgresServer postgres)
{
    private static readonly CommandContext Officer = new(null, new Actor("officer", "Officer"));

    [Theory]
    [InlineData("GroupCommit", "GroupCommit")]
    [InlineData("GroupCommit", "AdoNet")]
    [InlineData("AdoNet", "GroupCommit")]
    [InlineData("AdoNet", "AdoNet")]
    public async Task Command_RepeatedAfterARestart_GetsItsFirstAnswer(string before, string after)
    {
        var database = await postgres.CreateDatabaseAsync();
        long version;
        await using (var silo = await TestSilo.StartAsync(database, ("Dispatch:Storage", before)))
        {
            await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Officer, TestOrganisation.Create());
            var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
            await SendAsync(pair, "on", new SignOn(["north-1-a", "north-1-b"]));
            version = (await SendAsync(pair, "patrol", new SetActivity(PairActivity.Patrol))).Value.Version;
            await SendAsync(pair, "visit", new SetActivity(PairActivity.Visit));
        }

        await using (var silo = await TestSilo.StartAsync(database, ("Dispatch:Storage", after)))
        {
            var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
            var repeated = await SendAsync(pair, "patrol", new SetActivity(PairActivity.Patrol));
            Assert.Equal((version, PairActivity.Patrol), (repeated.Value.Version, repeated.Value.Activity));
            Assert.Equal(PairActivity.Visit, (await pair.GetAsync())!.Activity);
            var other = await SendAsync(pair, "patrol", new SetActivity(PairActivity.Station));
            Assert.Equal(RefusalCodes.IdempotencyKeyReused, other.Refusal?.Code);
            Assert.Equal(version + 2, (await SendAsync(pair, "station", new SetActivity(PairActivity.Station))).Value.Version);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Command_ThatWasRefusedOrChangedNothing_IsAnsweredAlikeAfterARestart_ThoughTheWorldIsAnother(bool onPostgres)
    {
        var database = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        var directory = Directory.CreateTempSubdirectory("dispatch-results-").FullName;
        long version;
        await using (var silo = await TestSilo.StartAsync(database, ("Dispatch:DataDirectory", directory)))
        {
            await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Officer, TestOrganisation.Create());
            var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
            await SendAsync(pair, "on", new SignOn(["north-1-a", "north-1-b"]));
            Assert.Equal(RefusalCodes.PairAlreadyOnDuty, (await SendAsync(pair, "on-again", new SignOn(["north-1-a"]))).Refusal?.Code);
            version = (await SendAsync(pair, "nothing", new SetActivity(PairActivity.Available))).Value.Version;
            await SendAsync(pair, "meal", new SetActivity(PairActivity.Meal));
            await SendAsync(pair, "off", new SignOff());
        }

        await using (var silo = await TestSilo.StartAsync(database, ("Dispatch:DataDirectory", directory)))
        {
            var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
            Assert.Equal(RefusalCodes.PairAlreadyOnDuty, (await SendAsync(pair, "on-again", new SignOn(["north-1-a"]))).Refusal?.Code);
            var nothing = (await SendAsync(pair, "nothing", new SetActivity(PairActivity.Available))).Value;
            Assert.Equal((version, PairActivity.Available), (nothing.Version, nothing.Activity));
            Assert.Equal(PairDuty.OffDuty, (await pair.GetAsync())!.Duty);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static Task<Answer<PairView>> SendAsync(IPairGrain pair, string id, PairCommand command) =>
        pair.ExecuteAsync(Officer with { CommandId = id }, command);
}
