using Dispatch.Commands;

namespace Dispatch.Disputes;

/// <summary>Who can be given a dispute.</summary>
public interface IPartnerDirectory
{
    /// <summary>Why a partner cannot be given a dispute of a community; null where it can.</summary>
    /// <param name="partnerId">The partner.</param>
    /// <param name="communityId">The community.</param>
    ValueTask<Refusal?> WhyNotAsync(string partnerId, string communityId);
}

/// <summary>Where no register of partners is kept: everybody can.</summary>
public sealed class AnyPartner : IPartnerDirectory
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> WhyNotAsync(string partnerId, string communityId) => ValueTask.FromResult<Refusal?>(null);
}
