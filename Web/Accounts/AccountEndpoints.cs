using System.Security.Claims;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Partners;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Accounts;

/// <summary>What a new account takes.</summary>
public sealed record NewAccount(
    string UserName,
    string Password,
    string DisplayName,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string>? StationIds = null,
    IReadOnlyList<string>? CommunityIds = null,
    string? OfficerId = null,
    string? PartnerId = null);

/// <summary>What is to be changed of an account; null for what stays. Counts everywhere within seconds, for those who are connected, too.</summary>
/// <param name="DisplayName">Name shown to people.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="StationIds">Stations in scope; <c>*</c> for all.</param>
/// <param name="CommunityIds">Communities in scope beside those of the stations.</param>
/// <param name="OfficerId">The officer that this is; empty for nobody.</param>
/// <param name="Disabled">Whether it is shut out; its sessions end.</param>
/// <param name="PartnerId">The partner for which it answers; empty for none.</param>
public sealed record AccountChange(
    string? DisplayName = null,
    IReadOnlyList<string>? Roles = null,
    IReadOnlyList<string>? StationIds = null,
    IReadOnlyList<string>? CommunityIds = null,
    string? OfficerId = null,
    bool? Disabled = null,
    string? PartnerId = null);

/// <summary>An account as administrators see it.</summary>
public sealed record AccountView(
    string Id, string UserName, string DisplayName, string Roles, string StationIds, string CommunityIds, string? OfficerId, bool Disabled,
    string? PartnerId)
{
    /// <summary>Shows an account.</summary>
    public static AccountView Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountView(
            account.Id, account.UserName!, account.DisplayName, account.Roles, account.StationIds, account.CommunityIds, account.OfficerId, account.IsDisabled,
            account.PartnerId);
    }
}

/// <summary>A password that an administrator gives an account, to be changed by its owner.</summary>
public sealed record NewPassword(string Password);

/// <summary>Accounts, for administrators.</summary>
public static class AccountEndpoints
{
    private const int MaxDisplayName = 100;

    /// <summary>Maps them.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts").RequireAuthorization(x => x.RequireRole(Role.Administrator));
        accounts.MapGet("/", async (AccountsDb db) => (await db.Users.AsNoTracking().OrderBy(x => x.UserName).ToListAsync()).Select(AccountView.Of));
        accounts.MapPost("/", CreateAsync);
        accounts.MapPut("/{id}", ChangeAsync);
        accounts.MapPost("/{id}/password", GivePasswordAsync);
        accounts.MapPost("/{id}/end-sessions", EndSessionsAsync);
    }

    private static async Task<IResult> CreateAsync(
        NewAccount body, ClaimsPrincipal by, UserManager<Account> users, AccountJournal journal, OrganisationCache organisation, IGrainFactory grains)
    {
        if (WhyNot(await organisation.GetAsync(), body.DisplayName, body.Roles, body.StationIds, body.CommunityIds, body.OfficerId) is { } refusal)
        {
            return refusal.ToResult();
        }

        var account = new Account
        {
            UserName = body.UserName,
            DisplayName = body.DisplayName,
            Roles = string.Join(',', body.Roles),
            StationIds = Joined(body.StationIds) ?? string.Empty,
            CommunityIds = Joined(body.CommunityIds) ?? string.Empty,
            OfficerId = body.OfficerId,
            PartnerId = body.PartnerId,
        };
        if (await WhyNotAsync(account, grains) is { } unfit)
        {
            return unfit.ToResult();
        }

        var made = new AccountChange(body.DisplayName, body.Roles, body.StationIds, body.CommunityIds, body.OfficerId, null, body.PartnerId);
        var result = await journal.ChangeAsync(
            account, SignedIn.Of(by, organisation).Actor, "accountCreated", made, () => users.CreateAsync(account, body.Password));
        return result.Succeeded
            ? TypedResults.Created($"/api/v1/accounts/{account.Id}", AccountView.Of(account))
            : Invalid(result);
    }

    private static async Task<IResult> ChangeAsync(
        string id, AccountChange body, ClaimsPrincipal by, UserManager<Account> users, AccountJournal journal, PresentAccounts present, OrganisationCache organisation,
        IGrainFactory grains)
    {
        if (WhyNot(await organisation.GetAsync(), body.DisplayName, body.Roles, body.StationIds, body.CommunityIds, NullIfEmpty(body.OfficerId)) is { } refusal)
        {
            return refusal.ToResult();
        }

        if (await users.FindByIdAsync(id) is not { } account)
        {
            return NotFound(id);
        }

        if (IsOwn(id, by) && (body.Disabled == true || body.Roles?.Contains(Role.Administrator) == false))
        {
            return Refusal.Rule("ownAccount", "Nobody shuts out themselves.").ToResult();
        }

        Change(account, body);
        if (await WhyNotAsync(account, grains) is { } unfit)
        {
            return unfit.ToResult();
        }

        var result = await journal.ChangeAsync(account, SignedIn.Of(by, organisation).Actor, "accountChanged", body, () => StoreAsync(account, body, users));
        present.Forget(id);
        return result.Succeeded ? TypedResults.Ok(AccountView.Of(account)) : Invalid(result);
    }

    /// <summary>Gives an account another password. What is known of its owner's old one counts no more anywhere.</summary>
    private static async Task<IResult> GivePasswordAsync(
        string id, NewPassword body, ClaimsPrincipal by, UserManager<Account> users, AccountJournal journal, PresentAccounts present, OrganisationCache organisation)
    {
        if (await users.FindByIdAsync(id) is not { } account)
        {
            return NotFound(id);
        }

        if (IsOwn(id, by))
        {
            return Refusal.Rule("ownAccount", "One's own password is changed with the old one.").ToResult();
        }

        var result = await journal.ChangeAsync(
            account, SignedIn.Of(by, organisation).Actor, "passwordGiven", new AccountChange(), () => SetPasswordAsync(account, body.Password, users));
        present.Forget(id);
        return result.Succeeded ? TypedResults.Ok(AccountView.Of(account)) : Invalid(result);
    }

    private static async Task<IdentityResult> SetPasswordAsync(Account account, string password, UserManager<Account> users)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, account, password) is { Succeeded: false } failed)
            {
                return failed;
            }
        }

        account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        account.AccessFailedCount = 0;
        account.LockoutEnd = account.IsDisabled ? account.LockoutEnd : null;
        return await users.UpdateSecurityStampAsync(account);
    }

    private static async Task<IResult> EndSessionsAsync(
        string id, ClaimsPrincipal by, UserManager<Account> users, AccountJournal journal, PresentAccounts present, OrganisationCache organisation)
    {
        if (await users.FindByIdAsync(id) is not { } account)
        {
            return NotFound(id);
        }

        var result = await journal.ChangeAsync(
            account, SignedIn.Of(by, organisation).Actor, "sessionsEnded", new AccountChange(), () => users.UpdateSecurityStampAsync(account));
        present.Forget(id);
        return result.Succeeded ? TypedResults.NoContent() : Invalid(result);
    }

    private static bool IsOwn(string id, ClaimsPrincipal by) => id == by.FindFirstValue(ClaimTypes.NameIdentifier);

    private static IResult NotFound(string id) => Refusal.NotFound("accountNotFound", $"There is no account '{id}'.").ToResult();

    private static void Change(Account account, AccountChange body)
    {
        account.DisplayName = body.DisplayName ?? account.DisplayName;
        account.Roles = Joined(body.Roles) ?? account.Roles;
        account.StationIds = Joined(body.StationIds) ?? account.StationIds;
        account.CommunityIds = Joined(body.CommunityIds) ?? account.CommunityIds;
        account.OfficerId = body.OfficerId is null ? account.OfficerId : NullIfEmpty(body.OfficerId);
        account.PartnerId = body.PartnerId is null ? account.PartnerId : NullIfEmpty(body.PartnerId);
    }

    private static Task<IdentityResult> StoreAsync(Account account, AccountChange body, UserManager<Account> users)
    {
        if (body.Disabled is not { } disabled || disabled == account.IsDisabled)
        {
            return users.UpdateAsync(account);
        }

        account.IsDisabled = disabled;

        // A new stamp ends every session of the account.
        return users.UpdateSecurityStampAsync(account);
    }

    private static Refusal? WhyNot(
        OrganisationSnapshot organisation,
        string? displayName,
        IReadOnlyList<string>? roles,
        IReadOnlyList<string>? stationIds,
        IReadOnlyList<string>? communityIds,
        string? officerId) =>
        displayName is not null && string.IsNullOrWhiteSpace(displayName) ? Refusal.Invalid(RefusalCodes.ValueMissing, "displayName", "A name is needed.")
        : displayName?.Length > MaxDisplayName ? Refusal.Invalid(RefusalCodes.ValueTooLong, "displayName", $"A name is at most {MaxDisplayName} characters.")
        : roles?.FirstOrDefault(x => !Role.All.Contains(x)) is { } role ? Refusal.Invalid("roleNotFound", "roles", $"There is no role '{role}'.")
        : stationIds?.FirstOrDefault(x => x != "*" && organisation.Station(x) is null) is { } station
            ? Refusal.Invalid(RefusalCodes.StationNotFound, "stationIds", $"There is no station '{station}'.")
        : communityIds?.FirstOrDefault(x => organisation.Community(x) is null) is { } community
            ? Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityIds", $"There is no community '{community}'.")
        : officerId is not null && organisation.PairOfOfficer(officerId) is null
            ? Refusal.Invalid("officerNotInPair", "officerId", $"There is no officer '{officerId}'.")
        : null;

    /// <summary>A partner's account answers for one partner, and has no other role and no place.</summary>
    private static async Task<Refusal?> WhyNotAsync(Account account, IGrainFactory grains) =>
        !account.Roles.Split(',').Contains(Role.Partner)
            ? account.PartnerId is null ? null : Refusal.Invalid(RefusalCodes.PartnerRoleAlone, "partnerId", "Only an account of a partner has a partner.")
        : account.Roles != Role.Partner || account.StationIds.Length > 0 || account.CommunityIds.Length > 0 || account.OfficerId is not null
            ? Refusal.Invalid(RefusalCodes.PartnerRoleAlone, "roles", "A partner's account has no other role, no station, no community and no officer.")
        : await grains.FindPartnerAsync(account.PartnerId) is null
            ? Refusal.Invalid(RefusalCodes.PartnerNotFound, "partnerId", "A partner's account says which partner; there is no such one.")
        : null;

    private static string? Joined(IReadOnlyList<string>? values) => values is null ? null : string.Join(',', values);

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>What Identity found wrong: its first error, with the field that it is about.</summary>
    internal static IResult Invalid(IdentityResult result)
    {
        var (code, field) = result.Errors.First().Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateUserName) => ("userNameTaken", "userName"),
            nameof(IdentityErrorDescriber.InvalidUserName) => ("userNameInvalid", "userName"),
            nameof(IdentityErrorDescriber.PasswordTooShort) => ("passwordTooShort", "password"),
            nameof(IdentityErrorDescriber.ConcurrencyFailure) => ("accountChangedMeanwhile", null),
            _ => ("accountInvalid", (string?)null),
        };
        return Problems.Problem(StatusCodes.Status422UnprocessableEntity, code, string.Join(' ', result.Errors.Select(x => x.Description)), field);
    }
}
