using System.Data.Common;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Protection;
using Dispatch.Storage;
using Dispatch.Tests.Live;
using Dispatch.Tests.Processes;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Dispatch.Tests.Protection;

/// <summary>
/// The address and the caller of an incident are stored sealed, in its own record, in its pair's and in the journal, and are there for those who work on
/// it. Fails where either is in the clear anywhere, is lost with the activation, or outlives its incident.
/// </summary>
public sealed class SealedIncidentTests(PostgresServer postgres)
{
    private const string Address = "某路 77 号 302 室";
    private const string Phone = "13800009977";
    private static readonly CommandContext Dispatcher = new(null, new Actor("dispatcher", "Dispatcher"));
    private static readonly CommandContext Opening = Dispatcher with { CommandId = "open" };
    private static readonly OpenIncident Open = new(
        "dispute", 1, TestOrganisation.InNorthWest, "test", Address, Caller: new Caller("王某", Phone, "带口音"));

    [Theory, InlineData(false, "GroupCommit"), InlineData(true, "GroupCommit"), InlineData(false, "AdoNet")]
    public async Task Open_WithAddressAndCaller_IsNowhereInTheClearAndComesBack(bool onPostgres, string storage)
    {
        await using var silo = await StartAsync(onPostgres, storage);
        var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
        await pair.ExecuteAsync(Dispatcher with { CommandId = "on" }, new SignOn(["north-1-a", "north-1-b"]));
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        var opened = (await incident.ExecuteAsync(Opening, Open)).Value;
        Assert.Equal(Address, opened.Address);
        var offered = (await incident.ExecuteAsync(Dispatcher with { CommandId = "offer" }, new OfferPairs(["north-1"], ExpiresInSeconds: 600))).Value;
        Assert.False((await incident.ExecuteAsync(Dispatcher with { CommandId = "accept" }, new AcceptOffer(offered.Offers[0].Id))).IsRefused);
        Assert.Equal(Address, await AddressOnPhoneAsync(pair, offered.Id));
        await AssertNowhereAsync(silo.Database);

        await EndActivationAsync(incident);
        await EndActivationAsync(pair);
        Assert.Equal(Address, (await incident.GetAsync())!.Address);
        Assert.Equal(Address, await AddressOnPhoneAsync(pair, offered.Id));
        Assert.Equal(Open.Caller, (await incident.ReadCallerAsync(Dispatcher, "回拨")).Value);
        var again = await incident.ExecuteAsync(Opening, Open);
        Assert.Equal(JsonText.Of(opened), JsonText.Of(again.Value));
        Assert.Equal("idempotencyKeyReused", (await incident.ExecuteAsync(Opening, Open with { Address = "别处" })).Refusal?.Code);
        Assert.DoesNotContain("sealed", string.Join('\n', (await incident.GetTimelineAsync()).Select(x => x.Data.ToString())), StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task End_AndReopen_TheRetentionFollows(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        await incident.ExecuteAsync(Opening, Open);
        Assert.False(await IsEndingAsync(silo.Database));
        await incident.ExecuteAsync(Dispatcher with { CommandId = "cancel" }, new CancelIncident("误报"));
        await Until.HoldsAsync(() => IsEndingAsync(silo.Database));
        await EndActivationAsync(incident);
        Assert.False((await incident.ExecuteAsync(Dispatcher with { CommandId = "again" }, new ReopenIncident("又打来"))).IsRefused);
        await Until.HoldsAsync(async () => !await IsEndingAsync(silo.Database));
        await incident.ExecuteAsync(Dispatcher with { CommandId = "close" }, new CloseIncident("settled", null));
        await Until.HoldsAsync(() => IsEndingAsync(silo.Database));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Sweep_OfASilo_ErasesWhatIsDue(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres, more: ("Dispatch:Retention:SweepSeconds", "1"));
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        await incident.ExecuteAsync(Opening, Open);
        Assert.Equal(Phone, (await incident.ReadCallerAsync(Dispatcher, "回拨")).Value.Phone);
        await using (var command = silo.Database.Source.CreateCommand("UPDATE protection_key SET expires_at = '2020-01-01 00:00:00+00:00'"))
        {
            await command.ExecuteNonQueryAsync();
        }

        await Until.HoldsAsync(() => AnyAsync(silo.Database, "SELECT COUNT(*) FROM erasure_log"));
        await Until.HoldsAsync(async () => (await incident.ReadCallerAsync(Dispatcher, "回拨")).Value == new Caller());
        await EndActivationAsync(incident);
        Assert.Null((await incident.GetAsync())!.Address);
    }

    [Fact]
    public async Task Record_FromBeforeItWasSealed_IsStillRead()
    {
        await using var silo = await StartAsync(onPostgres: false);
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        await incident.ExecuteAsync(Opening, Open);
        var stored = new GrainState<AggregateRecord<IncidentState, IncidentEvent>>();
        await silo.Storage.ReadStateAsync("incident", incident.GetGrainId(), stored);
        stored.State = stored.State! with
        {
            State = stored.State.State! with { SealedAddress = null, SealedCaller = null, Address = "旧路 1 号", Caller = new Caller("旧某") },
        };
        await silo.Storage.WriteStateAsync("incident", incident.GetGrainId(), stored);
        await EndActivationAsync(incident);
        Assert.Equal("旧路 1 号", (await incident.GetAsync())!.Address);
        Assert.Equal("旧某", (await incident.ReadCallerAsync(Dispatcher, "回拨")).Value.Name);
    }

    private static async Task EndActivationAsync(IAddressable grain) => await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    private static async Task<string?> AddressOnPhoneAsync(IPairGrain pair, string incidentId)
    {
        var feed = (await pair.ReadFeedAsync(FeedName.Pair("north-1"), FeedSight.Full, null, TimeSpan.Zero))!;
        return feed.Changes.Single(x => x.Key == $"assignment/{incidentId}").Value.As<PairAssignment>()!.Offer.Address;
    }

    private static Task<bool> IsEndingAsync(DispatchDatabase database) =>
        AnyAsync(database, "SELECT COUNT(*) FROM protection_key WHERE subject LIKE 'incident/%' AND expires_at IS NOT NULL");

    private static async Task AssertNowhereAsync(DispatchDatabase database)
    {
        // The stock storage brings events to the journal later. Three hold the address: the opening, the offer and the pair's commitment.
        await Until.HoldsAsync(() => AnyAsync(database, "SELECT COUNT(*) / 3 FROM journal WHERE data LIKE '%sealedAddress%'"));
        foreach (var secret in new[] { "某路 77", Phone, "王某", "带口音" })
        {
            Assert.False(await AnyAsync(database, $"SELECT COUNT(*) FROM journal WHERE data LIKE '%{secret}%'"), $"{secret} is in the journal.");
            Assert.False(await AnyAsync(database, $"SELECT COUNT(*) FROM incident WHERE view LIKE '%{secret}%'"), $"{secret} is in the search rows.");
            Assert.False(
                await AnyAsync(database, database.Kind == DatabaseKind.PostgreSql
                    ? $"SELECT COUNT(*) FROM OrleansStorage WHERE position(convert_to('{secret}', 'UTF8') IN PayloadBinary) > 0"
                    : $"SELECT COUNT(*) FROM OrleansStorage WHERE instr(PayloadBinary, CAST('{secret}' AS BLOB)) > 0"),
                $"{secret} is in a record.");
        }

        Assert.True(
            await AnyAsync(database, database.Kind == DatabaseKind.PostgreSql
                ? "SELECT COUNT(*) FROM OrleansStorage WHERE position(convert_to('sealedAddress', 'UTF8') IN PayloadBinary) > 0"
                : "SELECT COUNT(*) FROM OrleansStorage WHERE instr(PayloadBinary, CAST('sealedAddress' AS BLOB)) > 0"),
            "The search for secrets in records does not look where they would be.");
    }

    private static async Task<bool> AnyAsync(DispatchDatabase database, string sql)
    {
        await using DbCommand command = database.Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }

    private async Task<TestSilo> StartAsync(bool onPostgres, string storage = "GroupCommit", params (string, string)[] more)
    {
        var silo = await TestSilo.StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null, [("Dispatch:Storage", storage), .. more]);
        await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Dispatcher, TestOrganisation.Create());
        return silo;
    }
}
