using Dispatch.Protection;

namespace Dispatch.Communities;

/// <summary>An interaction as the table holds it.</summary>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community then.</param>
/// <param name="Version">The community's version after it was recorded or changed; a newer row replaces an older one.</param>
/// <param name="View">The interaction.</param>
/// <param name="Person">What is protected of the person it was with; what is stored already stays where it is null.</param>
public sealed record InteractionRow(string CommunityId, string StationId, long Version, InteractionView View, SealedFields? Person = null);
