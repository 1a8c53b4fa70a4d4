using System.Reflection;
using System.Text;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>Somebody without an account: in the journal all of them are <c>anonymous</c>.</summary>
public static class Resident
{
    /// <summary>As who residents' commands are given.</summary>
    public static readonly Actor Anonymous = new("anonymous", "anonymous");

    /// <summary>The context of a command. What the journal keeps of the key tells nobody the key.</summary>
    public static CommandContext Context(IVault vault, ResidentKey key)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(key);
        return new CommandContext(vault.Digest(Encoding.UTF8.GetBytes($"key\n{key.Value}")), Anonymous);
    }
}

/// <summary>The key of a resident's command: a retry with it finds what it made, so nobody may guess it.</summary>
/// <param name="Value">At least <see cref="LeastLength"/> visible ASCII characters; made here where none was sent.</param>
public sealed record ResidentKey(string Value) : IBindableFromHttpContext<ResidentKey>
{
    /// <summary>Fewest characters; a UUID has 36.</summary>
    public const int LeastLength = 22;

    /// <inheritdoc/>
    public static async ValueTask<ResidentKey?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var key = await CommandKey.BindAsync(context, parameter);
        return key!.Value.Length >= LeastLength
            ? new ResidentKey(key.Value)
            : throw new BadHttpRequestException($"{CommandKey.Header} has at least {LeastLength} characters that nobody can guess, or is left out.");
    }
}

/// <summary>Finds the community that a resident means.</summary>
public sealed class ResidentPlaces(OrganisationCache organisation, CommunityLocator locator)
{
    /// <summary>The community named or that of a place, or why there is none.</summary>
    public (CommunityInfo? Community, Refusal? Refusal) Find(string? communityId, GeoPoint? location)
    {
        if (location is { IsValid: false })
        {
            return (null, Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "location is no place on earth."));
        }

        if (communityId is not null)
        {
            return organisation.Current.Community(communityId) is { } named
                ? (named, null)
                : (null, Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", "There is no such community."));
        }

        if (location is not { } place)
        {
            return (null, Refusal.Invalid(RefusalCodes.ValueMissing, "communityId", "Say in which community, or where."));
        }

        return locator.Find(place) is { } id && organisation.Current.Community(id) is { } found
            ? (found, null)
            : (null, Refusal.Invalid(RefusalCodes.LocationOutsideEveryCommunity, "location", "The place is in none of our communities."));
    }
}
