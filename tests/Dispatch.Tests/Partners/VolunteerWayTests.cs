using Dispatch.Tests.Web;

namespace Dispatch.Tests.Partners;

/// <summary>A volunteer over HTTP: from applying to leaving, with a person whom nobody sees without a reason.</summary>
public sealed class VolunteerWayTests(ServerFixture server)
{
    private const string Phone = "13900002222";

    [Fact]
    public async Task Volunteer_GoesEveryStep_AndTheTeamIsCounted()
    {
        using var officer = await server.SignInAsync("officer1");
        var team = await server.RegisterAsync("patrolTeam", new
        {
            name = "一队", patrol = new { pairId = "north-1", officerIds = new[] { "north-1-a" }, auxiliaries = new[] { "aux-07" } },
        });
        var path = $"partners/{team}";
        var applied = await officer.DoAsync($"{path}/volunteers", new { codeName = "松柏", person = new { name = "李某", phone = Phone } }, "volunteer-1");
        Assert.DoesNotContain(Phone, applied.ToJsonString());
        var volunteer = applied["volunteers"]!.AsArray().Single()!;
        Assert.Equal(["name", "phone"], volunteer["person"]!["fields"]!.AsArray().Select(x => (string)x!));
        var id = (string)volunteer["id"]!;
        await officer.ExpectAsync($"{path}/patrol/sign-in", new { volunteerIds = new[] { id } }, 409, "volunteerNotTrained");
        await officer.ExpectAsync($"{path}/volunteers/{id}/train", null, 409, "volunteerOutOfOrder");
        await officer.DoAsync($"{path}/volunteers/{id}/check");
        await officer.ExpectAsync($"{path}/patrol/sign-in", new { volunteerIds = new[] { id } }, 409, "volunteerNotTrained");
        await officer.DoAsync($"{path}/volunteers/{id}/train");
        await officer.DoAsync($"{path}/patrol/sign-in", new { volunteerIds = new[] { id } });
        await officer.ExpectAsync($"{path}/volunteers/{id}/leave", null, 409, "volunteerOnDuty");
        var back = await officer.DoAsync($"{path}/patrol/sign-out", new { volunteerIds = new[] { id } });
        Assert.Equal(1, (int)back["months"]!.AsArray().Single()!["outings"]!);
        var left = (await officer.DoAsync($"{path}/volunteers/{id}/leave"))["volunteers"]!.AsArray().Single()!;
        Assert.Equal(
            ["applied", "checked", "trained", "onDuty", "offDuty", "left"], left["steps"]!.AsArray().Select(x => (string)x!["status"]!));
        Assert.All(left["steps"]!.AsArray(), x => Assert.NotEmpty((string)x!["by"]!));
        await officer.ExpectAsync($"{path}/patrol/sign-in", new { volunteerIds = new[] { id } }, 409, "volunteerOutOfOrder");
        Assert.Equal(
            ["volunteerApplied", "volunteerChecked", "volunteerTrained", "patrolSignedIn", "patrolSignedOut", "volunteerLeft"],
            await server.KindsOfAsync($"volunteers/{team}"));
    }

    [Fact]
    public async Task Person_IsReadWithAReasonThatIsJournalled_ByWhoWorksThere()
    {
        using var officer = await server.SignInAsync("officer3");
        using var stranger = await server.SignInAsync("officer9");
        using var dispatcher = await server.SignInAsync("dispatcher");
        var team = await server.RegisterAsync("volunteerTeam");
        var body = new { person = new { name = "李某", phone = Phone } };
        var id = (string)(await officer.DoAsync($"partners/{team}/volunteers", body))["volunteers"]![0]!["id"]!;
        var person = $"partners/{team}/volunteers/{id}/person";
        await stranger.ExpectAsync(person, new { reason = "x" }, 403, "forbidden");
        await officer.ExpectAsync(person, new { reason = " " }, 422, "valueMissing", "reason");
        Assert.Empty(await server.ReadsOfAsync($"volunteer/{id}"));
        Assert.Equal(Phone, (string?)(await officer.DoAsync(person, new { reason = "排班" }))["phone"]);
        Assert.Equal("排班", (await server.ReadsOfAsync($"volunteer/{id}")).Single().Reason);
        await stranger.ExpectAsync($"partners/{team}/volunteers", new { codeName = "x" }, 403, "forbidden");
        Assert.Equal(403, (int)(await stranger.GetAsync($"partners/{team}/volunteers")).Status);
        await officer.ExpectAsync($"partners/{team}/volunteers", new { }, 422, "valueMissing", "codeName");
        var office = await server.RegisterAsync("government");
        await officer.ExpectAsync($"partners/{office}/volunteers", new { codeName = "x" }, 409, "partnerWithoutVolunteers");
        await officer.ExpectAsync($"partners/{team}/volunteers/{id}/refuse", new { reason = "" }, 422, "valueMissing", "reason");
        await officer.DoAsync($"partners/{team}/volunteers/{id}/refuse", new { reason = "时间不合" });
    }
}
