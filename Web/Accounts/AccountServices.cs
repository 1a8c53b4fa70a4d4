using System.Security.Claims;
using Dispatch.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dispatch.Accounts;

/// <summary>Accounts, tokens and cookies by ASP.NET Core Identity.</summary>
public static class AccountServices
{
    private const string TokenOrCookie = "tokenOrCookie";

    /// <summary>Adds sign-in to the web tier; everything needs it unless it says otherwise.</summary>
    public static void AddAccounts(this IServiceCollection services, DispatchDatabase database, AccountSessionOptions sessions)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(sessions);
        services.AddDbContext<AccountsDb>(options =>
        {
            if (database.Kind == DatabaseKind.PostgreSql)
            {
                options.UseNpgsql(database.Source);
            }
            else
            {
                options.UseSqlite(database.ConnectionString);
            }

            options.UseSnakeCaseNamingConvention();
        });
        services.AddIdentityCore<Account>(options =>
            {
                options.Password.RequiredLength = 8;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                options.User.RequireUniqueEmail = false;
            })
            .AddEntityFrameworkStores<AccountsDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();
        services.AddSingleton(sessions);
        AddSchemes(services.AddAuthentication(TokenOrCookie), sessions);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddScoped<Tokens>();
        services.AddScoped<AccountJournal>();
        services.AddSingleton<PresentAccounts>();
    }

    private static void AddSchemes(AuthenticationBuilder builder, AccountSessionOptions sessions) => builder
        .AddPolicyScheme(TokenOrCookie, null, options => options.ForwardDefaultSelector = context =>
            context.Request.Headers.Authorization.Count > 0 || context.Request.Query.ContainsKey("access_token")
                ? IdentityConstants.BearerScheme
                : IdentityConstants.ApplicationScheme)
        .AddBearerToken(IdentityConstants.BearerScheme, options =>
        {
            options.BearerTokenExpiration = sessions.AccessTokenFor;
            options.RefreshTokenExpiration = sessions.SessionFor;
            options.Events = new BearerTokenEvents
            {
                // A browser cannot set a header on a WebSocket; the token in the query is taken on the hub alone.
                OnMessageReceived = context =>
                {
                    if (context.Request.Path.StartsWithSegments("/hubs") && context.Request.Query["access_token"] is [{ } token])
                    {
                        context.Token = token;
                    }

                    return Task.CompletedTask;
                },
            };
        })
        .AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "dispatch";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = sessions.SessionFor;
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = context =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            };
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
            options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        });
}

/// <summary>Puts roles and scope into the token.</summary>
public sealed class AccountClaims(UserManager<Account> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(SignedIn.DisplayNameClaim, user.DisplayName));
        identity.AddClaim(new Claim(SignedIn.StationsClaim, user.StationIds));
        identity.AddClaim(new Claim(SignedIn.CommunitiesClaim, user.CommunityIds));
        if (user.OfficerId is { } officer)
        {
            identity.AddClaim(new Claim(SignedIn.OfficerClaim, officer));
        }

        if (user.PartnerId is { } partner)
        {
            identity.AddClaim(new Claim(SignedIn.PartnerClaim, partner));
        }

        foreach (var role in user.Roles.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, role));
        }

        return identity;
    }
}

/// <summary>Makes and reads the tokens of the bearer scheme.</summary>
public sealed class Tokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    private BearerTokenOptions Options => options.Get(IdentityConstants.BearerScheme);

    /// <summary>How long an access token is good for.</summary>
    public TimeSpan AccessTokenFor => Options.BearerTokenExpiration;

    /// <summary>An access token and the refresh token for the next one.</summary>
    public (string AccessToken, string RefreshToken) Create(ClaimsPrincipal principal)
    {
        var now = time.GetUtcNow();
        return (
            Options.BearerTokenProtector.Protect(Ticket(principal, now + Options.BearerTokenExpiration, "AccessToken")),
            Options.RefreshTokenProtector.Protect(Ticket(principal, now + Options.RefreshTokenExpiration, "RefreshToken")));
    }

    /// <summary>Who a refresh token was made for; null where it is none or has expired.</summary>
    public ClaimsPrincipal? Read(string refreshToken) =>
        Options.RefreshTokenProtector.Unprotect(refreshToken) is { Properties.ExpiresUtc: { } expires, Principal: { } principal }
            && expires > time.GetUtcNow()
            ? principal
            : null;

    private static AuthenticationTicket Ticket(ClaimsPrincipal principal, DateTimeOffset expires, string kind) =>
        new(principal, new AuthenticationProperties { ExpiresUtc = expires }, $"{IdentityConstants.BearerScheme}:{kind}");
}
