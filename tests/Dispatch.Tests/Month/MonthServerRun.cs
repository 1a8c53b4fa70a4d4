using Dispatch.Month;
using Dispatch.Processes;
using Dispatch.Replay;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Month;

/// <summary>A server of the small organisation on which months are played.</summary>
internal sealed class MonthServerRun : IAsyncDisposable
{
    public const int Seed = 7;
    public const string Community = "north-west";
    private readonly string directory;

    private MonthServerRun(DispatchServer server, string directory)
    {
        Server = server;
        this.directory = directory;
    }

    public DispatchServer Server { get; }

    public static async Task<MonthServerRun> StartAsync(string? postgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(
            postgres,
            ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)),
            ("Dispatch__AcceptPastTimes", "true"),

            // A month that is played several times sends more from one address than a resident does.
            ("Dispatch__Residents__PostsPerAddress", "1000"),
            ("Dispatch__Residents__ClaimsPerAddress", "1000"));
        var run = new MonthServerRun(server, directory);
        await run.Server.StartAsync();
        return run;
    }

    /// <summary>Plays a month, or goes on with one that was begun.</summary>
    public async Task<(MonthPlan Plan, MonthReport Report)> PlayAsync(int perDay, CancellationToken cancellationToken, Action<MonthPlayer>? watch = null)
    {
        var access = new ServerAccess(Server.Url, "admin", DispatchServer.Password);
        var tally = new ReplayTally();
        using var admin = await DispatchApi.SignInAsync(access, 1, tally, TimeProvider.System, cancellationToken);
        var known = await MonthServer.AskAsync(admin, cancellationToken);
        var cast = MonthCast.Of(known.Organisation, Community)!;
        using var crew = new MonthAccounts(access, admin, cast, tally, TimeProvider.System);
        var leaf = await crew.OfAsync(new MonthActor(MonthRole.Officer, cast.GreenLeaf), null, cancellationToken);
        var from = await MonthServer.BeginningAsync(leaf!, CommunityMonth.FirstKeyOf(Seed, cast, perDay), DateTimeOffset.UtcNow, cancellationToken);
        var plan = CommunityMonth.Of(Seed, cast, known.Pack, from, perDay);
        var player = new MonthPlayer(crew, TimeSpan.Zero, TimeProvider.System);
        watch?.Invoke(player);
        return (plan, await player.PlayAsync(plan, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
