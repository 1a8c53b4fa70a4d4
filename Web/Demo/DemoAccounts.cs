using Dispatch.Accounts;
using Dispatch.Bureau;

namespace Dispatch.Demo;

/// <summary>Accounts of the demonstration: a dispatcher, a supervisor, oversight, an auditor, and every officer.</summary>
public static class DemoAccounts
{
    /// <summary>User name of an officer by its place in the organisation, from 1: <c>officer1</c> and <c>officer2</c> are the first pair.</summary>
    public static string OfficerUserName(int number) => $"officer{number}";

    /// <summary>The accounts, without passwords.</summary>
    public static IEnumerable<Account> Of(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        yield return new Account { UserName = "dispatcher", DisplayName = "调度员 Dispatcher", Roles = Role.Dispatcher, StationIds = "*" };
        yield return new Account { UserName = "supervisor", DisplayName = "督导员 Supervisor", Roles = Role.Supervisor, StationIds = "*" };
        yield return new Account { UserName = "oversight", DisplayName = "督察员 Oversight", Roles = Role.Oversight, StationIds = "*" };
        yield return new Account { UserName = "auditor", DisplayName = "审计员 Auditor", Roles = Role.Auditor, StationIds = "*" };
        var number = 0;
        foreach (var officer in organisation.Pairs.SelectMany(x => x.Officers))
        {
            number++;
            yield return new Account
            {
                UserName = OfficerUserName(number), DisplayName = officer.Name, Roles = Role.Officer, OfficerId = officer.Id,
            };
        }
    }
}
