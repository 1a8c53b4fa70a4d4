using System.Net;
using System.Xml.Linq;

namespace Dispatch.Tests.Residents;

/// <summary>Fails where a client of GeoReport v2 cannot do what the specification says, in XML or JSON, or is told more than everybody may know.</summary>
public sealed class Open311Tests
{
    [Theory, InlineData("xml"), InlineData("json")]
    public async Task Client_FindsAServicePostsARequestAndFollowsItToItsEnd(string format)
    {
        await using var world = await ResidentWorld.StartAsync();
        using var client = new Open311Client(world.Server.Url, format, "test");
        var (_, services) = await client.GetAsync("services", "service");
        var noise = services.Single(x => x["service_code"] == "noise");
        Assert.Equal(("噪声扰民", "false", "realtime"), (noise["service_name"], noise["metadata"]!.ToLowerInvariant(), noise["type"]));
        Assert.All(services, x => Assert.True(x["description"]!.Length > 0 && x["keywords"]!.Length > 0 && x["group"]!.Length > 0));

        var (status, posted) = await client.PostAsync(
            ("api_key", "xyz"), ("service_code", "noise"), ("lat", "35.15678"), ("long", "115.05432"), ("address_string", "和平路 18 号 3 单元"), ("email", "smit333@example.org"),
            ("device_id", "tt222111"), ("account_id", "123456"), ("first_name", "小花"), ("last_name", "王"), ("phone", "13800001111"),
            ("description", "夜间施工到两点\n住户无法休息"), ("media_url", "http://example.org/638344.jpg"), ("attribute[WHISPAWN]", "123456"));
        Assert.Equal(HttpStatusCode.OK, status);
        var id = Assert.Single(posted)["service_request_id"]!;
        Assert.False(posted[0].ContainsKey("token"), "The specification has either a token or an id.");
        var (_, token) = await client.GetAsync($"tokens/{id}", "request");
        Assert.Equal(id, Assert.Single(token)["service_request_id"]);

        var open = await OneAsync(client, id);
        Assert.Equal(("open", null, "噪声扰民", "noise", "北所"), (open["status"], open["status_notes"], open["service_name"], open["service_code"], open["agency_responsible"]));
        Assert.Equal(("35.157", "115.054"), (open["lat"], open["long"]));
        Assert.EndsWith("Z", open["requested_datetime"], StringComparison.Ordinal);

        var officer = await world.SignInAsync("officer3");
        await officer.DoAsync($"concerns/{id}/close", new { outcome = "solved", answer = "已责令工地夜间停工" });
        var closed = await OneAsync(client, id);
        Assert.Equal(("closed", "已责令工地夜间停工"), (closed["status"], closed["status_notes"]));
        Assert.Equal([id], (await client.GetAsync("requests", "request", "status=closed&service_code=noise,parking")).Entries.Select(x => x["service_request_id"]));
        Assert.Empty((await client.GetAsync("requests", "request", "status=open")).Entries);
        Assert.Empty((await client.GetAsync("requests", "request", "service_code=parking")).Entries);
        Assert.Equal([id], (await client.GetAsync("requests", "request", $"service_request_id={id},{Guid.NewGuid()}")).Entries.Select(x => x["service_request_id"]));
        Assert.Empty((await client.GetAsync("requests", "request", "start_date=2010-05-24T00:00:00Z&end_date=2010-06-24T00:00:00Z")).Entries);

        var everything = string.Join('\n', closed.Values.Concat(open.Values));
        foreach (var secret in new[] { "王", "小花", "13800001111", "smit333", "18 号", "tt222111", "住户" })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }

        var kept = await world.EverythingKeptAsync();
        Assert.All(["王小花", "13800001111", "smit333", "和平路", "tt222111"], x => Assert.DoesNotContain(x, kept, StringComparison.Ordinal));
    }

    [Theory, InlineData("xml"), InlineData("json")]
    public async Task Faults_AreToldInTheShapeOfTheSpecification(string format)
    {
        await using var world = await ResidentWorld.StartAsync(("Dispatch__Residents__ApiKeys", "one, two"), ("Dispatch__Residents__JurisdictionId", "city.gov"));
        using var client = new Open311Client(world.Server.Url, format, "city.gov");
        using var elsewhere = new Open311Client(world.Server.Url, format, "nowhere.gov");
        (string, string)[] good = [("api_key", "two"), ("service_code", "noise"), ("lat", "35.15"), ("long", "115.05"), ("description", "x")];
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(good)).Status);

        await IsAsync(403, client.PostAsync([.. good.Skip(1)]));
        await IsAsync(400, client.PostAsync(good[0], good[2], good[3]));
        await IsAsync(404, client.PostAsync([good[0], ("service_code", "none"), .. good.Skip(2)]));
        await IsAsync(400, client.PostAsync([.. good.Take(2), ("lat", "35.15"), ("description", "x")]));
        await IsAsync(400, client.PostAsync([.. good.Take(2), ("lat", "north"), ("long", "115.05")]));
        await IsAsync(400, client.PostAsync([.. good.Take(2), ("lat", "1"), ("long", "1")]));
        await IsAsync(400, client.PostAsync([.. good.Take(2), ("address_string", "某处")]));
        await IsAsync(400, client.PostAsync([.. good.Take(4), ("description", "电话 13800001111")]));
        await IsAsync(400, client.PostAsync([.. good.Take(4), ("description", new string('长', 2001))]));
        await IsAsync(404, elsewhere.PostAsync(good));
        await IsAsync(404, elsewhere.GetAsync("services", "service"));
        await IsAsync(404, client.GetAsync("services/none", "attributes"));
        await IsAsync(404, client.GetAsync($"requests/{Guid.NewGuid()}", "request"));
        await IsAsync(404, client.GetAsync("tokens/none", "request"));
        await IsAsync(400, client.GetAsync("requests", "request", "status=lost"));
        await IsAsync(400, client.GetAsync("requests", "request", "start_date=yesterday"));
        await IsAsync(400, client.GetAsync("requests", "request", "start_date=2010-01-01T00:00:00Z&end_date=2010-06-24T00:00:00Z"));
        Assert.Single((await client.GetAsync("requests", "request")).Entries);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync([.. good.Take(2), ("address_string", "north-east 幸福路口"), ("description", "x")])).Status);

        static async Task IsAsync(int status, Task<(HttpStatusCode Status, List<Dictionary<string, string?>> Entries)> asked)
        {
            var (given, errors) = await asked;
            var error = Assert.Single(errors);
            Assert.Equal((status, $"{status}"), ((int)given, error["code"]));
            Assert.False(string.IsNullOrWhiteSpace(error["description"]));
        }
    }

    [Fact]
    public async Task Discovery_Definition_AcceptHeaderAndOtherOrigins_AreServed()
    {
        await using var world = await ResidentWorld.StartAsync();
        using var http = new HttpClient { BaseAddress = world.Server.Url };
        var discovery = XDocument.Parse(await http.GetStringAsync("/open311/discovery.xml")).Root!;
        var endpoint = discovery.Element("endpoints")!.Element("endpoint")!;
        Assert.Equal(new Uri(world.Server.Url, "/open311/v2").ToString(), endpoint.Element("url")!.Value);
        Assert.Equal(["text/xml", "application/json"], endpoint.Element("formats")!.Elements("format").Select(x => x.Value));
        Assert.Equal("""{"service_code":"noise","attributes":[]}""", await http.GetStringAsync("/open311/v2/services/noise.json"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/open311/v2/services");
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Origin", "https://map.example.org");
        using var answer = await http.SendAsync(request);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.StartsWith("<?xml", await http.GetStringAsync("/open311/v2/services"), StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string?>> OneAsync(Open311Client client, string id) =>
        Assert.Single((await client.GetAsync($"requests/{id}", "request")).Entries);
}
