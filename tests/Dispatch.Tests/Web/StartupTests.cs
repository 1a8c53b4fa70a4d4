using System.Net;
using System.Net.Sockets;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Web;

/// <summary>A configuration that cannot work ends the program with one clear line and an exit code; a good one ends with 0 when asked to stop.</summary>
public sealed class StartupTests
{
    public static TheoryData<string, string, string> Configurations => new()
    {
        { "ConnectionStrings__Dispatch", "nonsense", "connectionStringInvalid" },
        { "ConnectionStrings__Dispatch", "Host=127.0.0.1;Port=1;Username=x;Timeout=2", "databaseUnreachable" },
        { "Dispatch__Mode", "Sideways", "modeInvalid" },
        { "Dispatch__Mode", "Cluster", "clusterNeedsPostgreSql" },
        { "Dispatch__Demo", "perhaps", "flagInvalid" },
        { "Dispatch__Organisation", "/nowhere/organisation.json", "organisationUnreadable" },
        { "Dispatch__DataDirectory", "/proc/nowhere", "dataDirectory" },
        { "Dispatch__Timers__OfferSeconds__1", "0", "timersInvalid" },
        { "Dispatch__Commands__AnswerWithin", "00:00:20", "commandsInvalid" },
        { "Dispatch__DrainSeconds", "-1", "drainInvalid" },
        { "Dispatch__Protection__Certificate", "/nowhere/keys.pfx", "protectionInvalid" },
        { "Dispatch__Protection__KeepKeysSeconds", "0", "protectionInvalid" },
        { "Dispatch__Retention__TipDays", "0", "retentionInvalid" },
        { "Dispatch__Map__Coordinates", "BD09", "mapInvalid" },
        { "Dispatch__Map__StyleUrl", "style.json", "mapInvalid" },
        { "Dispatch__Map__RasterUrl", "https://tiles.example/{z}/{x}/{y}.png", "mapInvalid" },
        { "Dispatch__Map__PmTiles", "/nowhere/heze.pmtiles", "mapTilesUnreadable" },
        { "Urls", "nonsense", "addressInvalid" },
        { "DISPATCH_ADMIN_PASSWORD", "short", "adminPasswordInvalid" },
    };

    [Theory, MemberData(nameof(Configurations))]
    public async Task Start_WithABadSetting_EndsWithOneLine(string key, string value, string code)
    {
        await using var server = DispatchServer.On(null, (key, value));
        Assert.Equal(2, await server.RunToEndAsync());
        AssertOneLine(server.Output, code);
    }

    [Fact]
    public async Task Start_WithABrokenOrganisationFile_NamesThePlace()
    {
        await using var server = DispatchServer.On(null, ("Dispatch__Organisation", "organisation.json"));
        var path = Path.Combine(server.DataDirectory, "organisation.json");
        await File.WriteAllTextAsync(path, """{"bureau":{"id":"x","name":"x"},"stations":"none"}""");
        Assert.Equal(2, await server.RunToEndAsync());
        AssertOneLine(server.Output, "organisationInvalid");
        Assert.Contains("stations", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAFileThatIsNoDatabase_SaysSoAndLeavesItAlone()
    {
        await using var server = DispatchServer.On(null);
        var path = Path.Combine(server.DataDirectory, "dispatch.db");
        var text = string.Concat(Enumerable.Repeat("this is no database ", 100));
        await File.WriteAllTextAsync(path, text);
        Assert.Equal(2, await server.RunToEndAsync());
        AssertOneLine(server.Output, "databaseUnreadable");
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Start_OnATakenPort_SaysSo()
    {
        await using var server = DispatchServer.On(null);
        using var taken = new TcpListener(IPAddress.Loopback, server.Port);
        taken.Start();
        Assert.Equal(2, await server.RunToEndAsync());
        AssertOneLine(server.Output, "addressInUse");
    }

    [Fact]
    public async Task Start_TwiceInOneDataDirectory_TheSecondIsRefusedAndTheFirstGoesOnAndStopsInOrder()
    {
        await using var first = DispatchServer.On(null);
        await first.StartAsync();
        await using var second = DispatchServer.On(null, ("Dispatch__DataDirectory", first.DataDirectory));
        Assert.Equal(2, await second.RunToEndAsync());
        AssertOneLine(second.Output, "dataDirectoryInUse");
        using var client = await ApiClient.SignInAsync(first.Url, "dispatcher");
        Assert.Equal(0, await first.StopAsync());
    }

    private static void AssertOneLine(string output, string code)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 1 && lines[0].StartsWith($"dispatch: {code}", StringComparison.Ordinal), $"{code} was expected:\n{output}");
    }
}
