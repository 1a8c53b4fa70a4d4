using System.Security.Claims;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Partners;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Dispatch.Accounts;

/// <summary>What signing in takes.</summary>
public sealed record SignInRequest(string UserName, string Password);

/// <summary>What refreshing takes.</summary>
public sealed record RefreshRequest(string RefreshToken);

/// <summary>What changing one's own password takes.</summary>
public sealed record OwnPassword(string OldPassword, string NewPassword);

/// <summary>Who is signed in.</summary>
public sealed record UserView(
    string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> StationIds, IReadOnlyList<string> CommunityIds, string? PairId,
    string? PartnerId, string? OfficerId)
{
    /// <summary>Shows who is signed in.</summary>
    public static UserView Of(SignedIn user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new UserView(user.Id, user.Name, [.. user.Roles], [.. user.StationIds], [.. user.CommunityIds], user.PairId, user.PartnerId, user.OfficerId);
    }
}

/// <summary>The answer to signing in with tokens.</summary>
/// <param name="AccessToken">Goes into the Authorization header.</param>
/// <param name="ExpiresIn">Seconds it is good for.</param>
/// <param name="RefreshToken">Good for the next access token.</param>
/// <param name="User">Who it is.</param>
public sealed record TokenView(string AccessToken, long ExpiresIn, string RefreshToken, UserView User);

/// <summary>The answer to signing in with a cookie.</summary>
public sealed record SessionView(UserView User);

/// <summary>Signing in and out.</summary>
public static class AuthEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Accounts");
        auth.MapPost("/login", SignInAsync).AllowAnonymous();
        auth.MapPost("/refresh", RefreshAsync).AllowAnonymous();
        auth.MapPost("/logout", SignOutAsync).OpenToPartners();
        auth.MapPost("/password", ChangePasswordAsync).OpenToPartners();
        auth.MapGet("/me", (ClaimsPrincipal user, OrganisationCache organisation) =>
            UserView.Of(SignedIn.Of(user, organisation))).OpenToPartners();
    }

    private static async Task<IResult> SignInAsync(
        SignInRequest request, bool? cookie, SignInManager<Account> signIn, Tokens tokens, OrganisationCache organisation)
    {
        var account = request.UserName.Length <= 256 ? await signIn.UserManager.FindByNameAsync(request.UserName) : null;
        if (account is null)
        {
            return Failed();
        }

        if (account.IsDisabled)
        {
            return Problems.Problem(StatusCodes.Status403Forbidden, "accountDisabled", "This account is shut out; ask an administrator.");
        }

        var result = await signIn.CheckPasswordSignInAsync(account, request.Password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            return result.IsLockedOut
                ? Problems.Problem(StatusCodes.Status429TooManyRequests, "accountLocked", "Too many wrong passwords; wait five minutes.")
                : Failed();
        }

        var principal = await signIn.CreateUserPrincipalAsync(account);
        await organisation.GetAsync();
        if (cookie == true)
        {
            await signIn.Context.SignInAsync(IdentityConstants.ApplicationScheme, principal, new AuthenticationProperties { IsPersistent = true });
            return TypedResults.Ok(new SessionView(UserView.Of(SignedIn.Of(principal, organisation))));
        }

        return Answer(principal, tokens, organisation);
    }

    private static async Task<IResult> RefreshAsync(
        RefreshRequest request, SignInManager<Account> signIn, Tokens tokens, OrganisationCache organisation) =>
        tokens.Read(request.RefreshToken) is { } principal && await signIn.ValidateSecurityStampAsync(principal) is { } account
            ? Answer(await signIn.CreateUserPrincipalAsync(account), tokens, organisation)
            : Problems.Problem(StatusCodes.Status401Unauthorized, "refreshFailed", "The refresh token is not valid any more; sign in again.");

    /// <summary>Ends the cookie, and every refresh token of the account.</summary>
    private static async Task<IResult> SignOutAsync(ClaimsPrincipal user, HttpContext context, UserManager<Account> users)
    {
        if (context.Request.Headers.Authorization.Count > 0 && await users.GetUserAsync(user) is { } account)
        {
            await users.UpdateSecurityStampAsync(account);
        }
        else
        {
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Changes one's own password. Every session ends but that of the browser that asks; wrong tries count as they do at signing in.</summary>
    private static async Task<IResult> ChangePasswordAsync(
        OwnPassword body, ClaimsPrincipal user, SignInManager<Account> signIn, AccountJournal journal, PresentAccounts present, OrganisationCache organisation)
    {
        if (await signIn.UserManager.GetUserAsync(user) is not { } account)
        {
            return TypedResults.Unauthorized();
        }

        var checkedOld = await signIn.CheckPasswordSignInAsync(account, body.OldPassword, lockoutOnFailure: true);
        if (!checkedOld.Succeeded)
        {
            return checkedOld.IsLockedOut
                ? Problems.Problem(StatusCodes.Status429TooManyRequests, "accountLocked", "Too many wrong passwords; wait five minutes.")
                : Problems.Problem(StatusCodes.Status422UnprocessableEntity, "passwordWrong", "The old password is wrong.", "oldPassword");
        }

        var result = await journal.ChangeAsync(
            account, SignedIn.Of(user, organisation).Actor, "passwordChanged", new AccountChange(),
            () => signIn.UserManager.ChangePasswordAsync(account, body.OldPassword, body.NewPassword));
        present.Forget(account.Id);
        if (!result.Succeeded)
        {
            return AccountEndpoints.Invalid(result);
        }

        if (signIn.Context.Request.Headers.Authorization.Count == 0)
        {
            await signIn.RefreshSignInAsync(account);
        }

        return TypedResults.NoContent();
    }

    private static IResult Answer(ClaimsPrincipal principal, Tokens tokens, OrganisationCache organisation)
    {
        var (access, refresh) = tokens.Create(principal);
        return TypedResults.Ok(new TokenView(
            access, (long)tokens.AccessTokenFor.TotalSeconds, refresh, UserView.Of(SignedIn.Of(principal, organisation))));
    }

    private static IResult Failed() =>
        Problems.Problem(StatusCodes.Status401Unauthorized, "signInFailed", "The user name or the password is wrong.");
}
