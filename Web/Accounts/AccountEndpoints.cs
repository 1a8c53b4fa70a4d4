using System.Security.Claims;
using Dispatch.Api;
using Dispatch.Bureau;
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
    string? OfficerId = null);

/// <summary>An account as administrators see it.</summary>
public sealed record AccountView(
    string Id, string UserName, string DisplayName, string Roles, string StationIds, string CommunityIds, string? OfficerId);

/// <summary>Accounts, for administrators.</summary>
public static class AccountEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts").RequireAuthorization(x => x.RequireRole(Role.Administrator));
        accounts.MapGet("/", async (AccountsDb db) =>
            await db.Users.OrderBy(x => x.UserName).Select(x => new AccountView(
                x.Id, x.UserName!, x.DisplayName, x.Roles, x.StationIds, x.CommunityIds, x.OfficerId)).ToListAsync());
        accounts.MapPost("/", CreateAsync);
    }

    private static async Task<IResult> CreateAsync(NewAccount body, UserManager<Account> users, OrganisationCache organisation)
    {
        var current = await organisation.GetAsync();
        if (body.Roles.FirstOrDefault(x => !Role.All.Contains(x)) is { } unknown)
        {
            return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "roleNotFound", $"There is no role '{unknown}'.", "roles");
        }

        if (body.StationIds?.FirstOrDefault(x => x != "*" && current.Station(x) is null) is { } station)
        {
            return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "stationNotFound", $"There is no station '{station}'.", "stationIds");
        }

        if (body.OfficerId is { } officer && current.PairOfOfficer(officer) is null)
        {
            return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "officerNotInPair", $"There is no officer '{officer}'.", "officerId");
        }

        var account = new Account
        {
            UserName = body.UserName,
            DisplayName = body.DisplayName,
            Roles = string.Join(',', body.Roles),
            StationIds = string.Join(',', body.StationIds ?? []),
            CommunityIds = string.Join(',', body.CommunityIds ?? []),
            OfficerId = body.OfficerId,
        };
        var result = await users.CreateAsync(account, body.Password);
        return result.Succeeded
            ? TypedResults.Created($"/api/v1/accounts/{account.Id}", new AccountView(
                account.Id, account.UserName, account.DisplayName, account.Roles, account.StationIds, account.CommunityIds, account.OfficerId))
            : Problems.Problem(
                StatusCodes.Status422UnprocessableEntity, "accountInvalid", string.Join(' ', result.Errors.Select(x => x.Description)));
    }
}
