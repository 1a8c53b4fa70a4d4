using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Live;

/// <summary>I9: nobody is fed what is not his; each refusal has its code.</summary>
[Collection(nameof(HostileClients))]
public sealed class ScopeTests(HostileServer server)
{
    /// <summary>Feeds that exist, in the order of the answers below.</summary>
    private const string Feeds =
        "bureau station/north station/south station/north/positions station/south/positions community/north-west community/south-west "
        + "pair/north-1 pair/north-2 pair/south-1 incident/{north} incident/{south}";

    /// <summary>Who may watch which: y for yes, n for no.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "dispatcher", "y yy yy yy yyy yy" },
        { "supervisor", "y yy yy yy yyy yy" },
        { "officer1", "n yn yn yn ynn yn" },
        { "officer9", "n ny ny ny nny ny" },
        { "administrator of *", "y yy yy yy nnn yy" },
        { "dispatcher of north", "n yn yn yn yyn yn" },
        { "supervisor of south", "n ny ny ny nny ny" },
        { "dispatcher in north-west", "n nn nn yn nnn yn" },
        { "nobody", "n nn nn nn nnn nn" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task Feeds_OfOthers_AreRefused_AndOnesOwnAreNot(string who, string answers)
    {
        await using var good = await server.WatchAsync();
        using var account = await SignInAsync(who);
        var south = await server.OpenAsync("south");
        await using var screen = await server.ConnectAsync(account);
        var feeds = Feeds.Replace("{north}", server.Crowded[0], StringComparison.Ordinal).Replace("{south}", south, StringComparison.Ordinal).Split(' ');
        var expected = answers.Replace(" ", string.Empty, StringComparison.Ordinal);
        Assert.Equal(feeds.Length, expected.Length);
        foreach (var (feed, mayWatch) in feeds.Zip(expected))
        {
            var error = await screen.AskAsync("Subscribe", feed, null);
            Assert.True(
                mayWatch == 'y' ? error.Length == 0 : error.Contains("HubException: forbidden:", StringComparison.Ordinal), $"{who} asked for {feed}: '{error}'");
        }

        await good.SeesAChangeAsync();
    }

    [Theory]
    [InlineData("station/none", "stationNotFound")]
    [InlineData("station/none/positions", "stationNotFound")]
    [InlineData("community/none", "communityNotFound")]
    [InlineData("pair/none", "pairNotFound")]
    [InlineData("incident/none", "incidentNotFound")]
    [InlineData("incident/0f1e2d3c-0000-8000-8000-000000000000", "incidentNotFound")]
    [InlineData("", "feedNotFound")]
    [InlineData("station/", "feedNotFound")]
    [InlineData("station//positions", "feedNotFound")]
    [InlineData("Station/north", "feedNotFound")]
    [InlineData("station/north/positions/more", "feedNotFound")]
    [InlineData("bureau/all", "feedNotFound")]
    public async Task Feed_ThatIsNone_IsRefused_WhoeverAsks(string feed, string code)
    {
        foreach (var who in new[] { "dispatcher", "officer1", "nobody" })
        {
            using var account = await SignInAsync(who);
            await using var screen = await server.ConnectAsync(account);
            Assert.Contains($"HubException: {code}:", await screen.AskAsync("Subscribe", feed, null), StringComparison.Ordinal);
        }
    }

    private Task<ApiClient> SignInAsync(string who) => who.Split(' ') switch
    {
        ["nobody"] => server.NewAccountAsync(roles: [], stationIds: []),
        [var role, "of", var station] => server.NewAccountAsync([role], [station]),
        [var role, "in", var community] => server.NewAccountAsync([role], [], [community]),
        _ => server.SignInAsync(who),
    };
}
