using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Partners;
using Dispatch.Processes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Partners;

/// <summary>A silo that has just joined knows no organisation yet; the first command that comes to it waits for that instead of failing.</summary>
public sealed class FreshSiloTests(PostgresServer postgres)
{
    private static readonly Actor Someone = new("someone", "Someone");

    [Fact]
    public async Task FirstCommand_OfASiloThatKnowsNothing_IsDone()
    {
        var database = await postgres.CreateDatabaseAsync();
        string? office = null, team = null;
        await OnFreshSiloAsync(database, async grains =>
        {
            Assert.False((await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(CommandContext.System, TestOrganisation.Create())).IsRefused);
            var registry = grains.GetGrain<IPartnerRegistryGrain>(IPartnerRegistryGrain.KeyOf("north"));
            var details = new PartnerDetails("街道办") { CommunityIds = ["north-west"] };
            office = (await registry.ExecuteAsync(new CommandContext("office", Someone), new RegisterPartner("government", details))).Value.Id;
            team = (await registry.ExecuteAsync(new CommandContext("team", Someone), new RegisterPartner("volunteerTeam", details))).Value.Id;
        });
        await OnFreshSiloAsync(database, async grains =>
        {
            var referral = grains.GetGrain<IReferralGrain>(MatterIds.ForOpening(MatterKind.Referral, Someone.Id, "give"));
            var given = await referral.ExecuteAsync(new CommandContext("give", Someone), new GiveReferral("north-west", office!, "other", "请协助"));
            Assert.Equal(ReferralStatus.Given, given.Value.Status);
        });
        await OnFreshSiloAsync(database, async grains =>
        {
            var whistle = grains.GetGrain<IWhistleGrain>(MatterIds.ForOpening(MatterKind.Whistle, Someone.Id, "blow"));
            var blown = await whistle.ExecuteAsync(new CommandContext("blow", Someone), new BlowWhistle("north-west", "文化广场", "整治", [office!]));
            Assert.Equal(WhistleStatus.Blown, blown.Value.Status);
        });
        await OnFreshSiloAsync(database, async grains =>
        {
            var applied = await grains.GetGrain<IVolunteerTeamGrain>(team!).ExecuteAsync(new CommandContext("apply", Someone), new ApplyAsVolunteer("松柏"));
            Assert.Single(applied.Value.Volunteers);
        });
    }

    private static async Task OnFreshSiloAsync(string database, Func<Orleans.IGrainFactory, Task> work)
    {
        await using var silo = await TestSilo.StartAsync(database);
        await work(silo.Grains);
    }
}
