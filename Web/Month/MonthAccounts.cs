using System.Security.Cryptography;
using System.Text;
using Dispatch.Accounts;
using Dispatch.Replay;

namespace Dispatch.Month;

/// <summary>
/// The crew of the command: makes the accounts that a month needs and are not there. Their passwords are worked out from that of who started it, so that whoever
/// starts it again finds them, and nobody else knows them.
/// </summary>
public sealed class MonthAccounts(ServerAccess access, DispatchApi starter, MonthCast cast, ReplayTally tally, TimeProvider time) : IMonthCrew, IDisposable
{
    private readonly Dictionary<string, DispatchApi> signedIn = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<DispatchApi?> OfAsync(MonthActor actor, string? partnerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role switch
        {
            MonthRole.Supervisor or MonthRole.Resident => starter,
            MonthRole.Officer => await OfAsync(new NewAccount(
                $"month-{actor.Id}", string.Empty, $"民警 {actor.Id}", [Role.Officer], OfficerId: actor.Id), cancellationToken),
            MonthRole.Partner when partnerId is not null => await OfAsync(new NewAccount(
                $"month-partner-{partnerId[(partnerId.LastIndexOf('~') + 1)..]}", string.Empty, "协作单位值班", [Role.Partner], PartnerId: partnerId), cancellationToken),
            MonthRole.Oversight => await OfAsync(new NewAccount(
                $"month-oversight-{cast.StationId}", string.Empty, "督察员", [Role.Oversight], StationIds: [cast.StationId]), cancellationToken),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var api in signedIn.Values)
        {
            api.Dispose();
        }
    }

    private async ValueTask<DispatchApi> OfAsync(NewAccount wanted, CancellationToken cancellationToken)
    {
        if (signedIn.TryGetValue(wanted.UserName, out var known))
        {
            return known;
        }

        var password = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(access.Password), Encoding.UTF8.GetBytes(wanted.UserName)));
        await EnsureAsync(wanted with { Password = password }, cancellationToken);
        return signedIn[wanted.UserName] = await DispatchApi.SignInAsync(
            access with { User = wanted.UserName, Password = password }, connections: 1, tally, time, cancellationToken);
    }

    private async Task EnsureAsync(NewAccount wanted, CancellationToken cancellationToken)
    {
        var answer = await starter.GetAsync("accounts", cancellationToken);
        if (answer.Read<AccountView[]>() is not { } accounts)
        {
            throw new CommandFaultException($"Accounts can be made by an administrator only; they were answered with {answer.Status} {answer.Code}.");
        }

        if (accounts.Any(x => x.UserName == wanted.UserName))
        {
            return;
        }

        var made = await starter.PostAsync("account", "accounts", wanted, $"{wanted.UserName}-made", cancellationToken);
        if (!made.IsDone)
        {
            throw new CommandFaultException($"The account '{wanted.UserName}' was not made ({made.Status} {made.Code}): {made.Detail}");
        }
    }
}
