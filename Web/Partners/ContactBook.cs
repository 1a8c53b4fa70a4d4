using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Packs;

namespace Dispatch.Partners;

/// <summary>Somebody who is reached in a community in a role: a post, not a person.</summary>
/// <param name="Office">The office or post.</param>
/// <param name="Phone">Its work number.</param>
/// <param name="PartnerId">The partner where it is.</param>
/// <param name="PartnerName">What that is called.</param>
/// <param name="Hours">When somebody is there.</param>
/// <param name="OpenNow">Whether somebody is there now; null where no hours are known.</param>
public sealed record BookedContact(string Office, string? Phone, string PartnerId, string PartnerName, OpeningHours? Hours, bool? OpenNow);

/// <summary>A role of the contact book.</summary>
/// <param name="Role">Its code.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Contacts">Who is reached in it; empty where the role is not filled.</param>
public sealed record BookedRole(string Role, string Name, string? NameEn, IReadOnlyList<BookedContact> Contacts);

/// <summary>The contact book of a community by role, made of its partners' contacts.</summary>
public static class ContactBook
{
    /// <summary>Maps it.</summary>
    public static void MapContactBook(this IEndpointRouteBuilder api) => api.MapGet("/communities/{id}/contacts", ReadAsync).WithTags("Partners");

    private static async Task<IResult> ReadAsync(
        string id, ClaimsPrincipal principal, OrganisationCache organisation, ModelPacks packs, PartnerDesk desk, TimeProvider time)
    {
        var user = SignedIn.Of(principal, organisation);
        var known = organisation.Current;
        var scope = CommunityScope.Of(user, known, null, id);
        if (scope.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var community = known.Community(id)!;
        var now = time.GetUtcNow();
        var contacts = (await desk.ListAsync(user, [community.StationId]))
            .Where(x => x.Active && x.Serves(community))
            .SelectMany(x => x.Details.Contacts, (x, y) => (y.Role, Contact: new BookedContact(
                y.Office, y.Phone, x.Id, x.Details.Name, x.Details.Hours, x.Details.Hours?.IsOpenAt(now))))
            .ToLookup(x => x.Role, x => x.Contact, StringComparer.Ordinal);
        return TypedResults.Ok(packs.Of(known.Organisation).ContactBookRoles.Select(x => new BookedRole(x.Code, x.Name, x.NameEn, [.. contacts[x.Code]])));
    }
}
