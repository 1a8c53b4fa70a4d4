using System.Net;

namespace Dispatch.Tests.Residents;

/// <summary>Fails where a request of the residents' page is not found by its number, or where anybody but who sent it can say whether it is solved, or twice.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Request_IsFoundByItsNumberAndItsResidentSaysOnceWhetherItIsSolved()
    {
        await using var world = await ResidentWorld.StartAsync();
        var key = Guid.NewGuid().ToString();
        var body = new { category = "parking", text = "消防通道被占", communityId = "north-west", placeName = "东门", contact = new { phone = "13800001111" } };
        var receipt = await world.DoAsync("concerns", body, key);
        Assert.Equal(receipt.ToJsonString(), (await world.DoAsync("concerns", body, key)).ToJsonString());
        var (id, number, token) = ((string)receipt["request"]!["id"]!, (string)receipt["request"]!["number"]!, (string)receipt["satisfactionToken"]!);
        var found = (await world.CallAsync($"concerns/{number}")).Body!;
        Assert.Equal((id, "raised", "东门"), ((string?)found["id"], (string?)found["status"], (string?)found["placeName"]));
        Assert.DoesNotContain("消防通道", found.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await world.CallAsync("concerns/C000000-AAAAA")).Status);

        var say = $"concerns/{number}/satisfaction";
        Assert.Equal((HttpStatusCode.Conflict, "concernNotClosed"), await world.RefusedAsync(say, new { token, solved = "yes" }));
        var officer = await world.SignInAsync("officer3");
        await officer.DoAsync($"concerns/{id}/close", new { outcome = "partly", answer = "已施划禁停线" });
        var other = await world.DoAsync("concerns", new { category = "noise", text = "噪声", communityId = "north-west" });
        Assert.Equal((HttpStatusCode.NotFound, "claimCodeUnknown"), await world.RefusedAsync(say, new { token = (string)other["satisfactionToken"]!, solved = "yes" }));
        var said = await world.DoAsync(say, new { token, solved = "partly", words = "晚上还是有人停" });
        Assert.True((bool)said["residentHasSpoken"]!);
        Assert.Equal((HttpStatusCode.Conflict, "satisfactionSaid"), await world.RefusedAsync(say, new { token, solved = "yes" }));
        Assert.Equal("部分解决。晚上还是有人停", (string?)(await officer.GetAsync($"concerns/{id}")).Body!["resident"]!["words"]);
    }
}
