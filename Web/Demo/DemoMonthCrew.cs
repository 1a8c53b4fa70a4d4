using Dispatch.Month;
using Dispatch.Replay;

namespace Dispatch.Demo;

/// <summary>The crew of the demonstration's months: its accounts. Partners have none; an officer records what they say.</summary>
/// <param name="server">Address of this server.</param>
/// <param name="password">Password of the demo accounts.</param>
/// <param name="cast">Where the month plays.</param>
/// <param name="officers">Ids of all officers, in the order in which their accounts are numbered.</param>
/// <param name="time">The clock.</param>
public sealed class DemoMonthCrew(Uri server, string password, MonthCast cast, IReadOnlyList<string> officers, TimeProvider time) : IMonthCrew, IDisposable
{
    private readonly ReplayTally tally = new();
    private readonly Dictionary<string, DispatchApi> signedIn = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<DispatchApi?> OfAsync(MonthActor actor, string? partnerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var name = actor.Role switch
        {
            MonthRole.Supervisor or MonthRole.Resident => "supervisor",
            MonthRole.Oversight => "oversight",
            MonthRole.Partner => Officer(cast.GreenLeaf),
            _ => Officer(actor.Id!),
        };
        return name is null ? null : signedIn.TryGetValue(name, out var known) ? known : signedIn[name] = await DispatchApi.SignInAsync(
            new ServerAccess(server, name, password), connections: 1, tally, time, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var api in signedIn.Values)
        {
            api.Dispose();
        }
    }

    private string? Officer(string id) =>
        officers.Index().FirstOrDefault(x => x.Item == id) is { Item: not null } found ? DemoAccounts.OfficerUserName(found.Index + 1) : null;
}
