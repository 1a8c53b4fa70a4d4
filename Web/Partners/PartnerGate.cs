using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;

namespace Dispatch.Partners;

/// <summary>
/// Lets a partner's account through to what is open to partners and to nothing else. It stands before every endpoint, so that one that is added later is
/// closed to partners unless it says otherwise.
/// </summary>
public static class PartnerGate
{
    /// <summary>Marks what is open to partners' accounts: it looks by itself at whose the work is.</summary>
    public static TBuilder OpenToPartners<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Open.Instance);

    /// <summary>To be used behind authorisation.</summary>
    public static void UsePartnerGate(this IApplicationBuilder app) => app.Use((context, next) =>
        context.User.HasClaim(ClaimTypes.Role, Role.Partner) && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<Open>() is null && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is null
            ? Problems.Forbidden("What is not given to this partner").ToResult().ExecuteAsync(context)
            : next(context));

    private sealed class Open
    {
        public static readonly Open Instance = new();
    }
}
