using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Residents;

/// <summary>Where what belongs to a claim code is found: its id follows from the digest, so there is no list of codes.</summary>
public static class ClaimedIds
{
    /// <summary>The answer to a code that opens nothing, whether it has a slip, was never given, or is for something else.</summary>
    public static readonly Refusal Unknown = Refusal.NotFound(RefusalCodes.ClaimCodeUnknown, "This claim code opens nothing; look for a slip.");

    /// <summary>The id of what a code opens.</summary>
    public static string Of(MatterKind kind, string claimDigest) => MatterIds.ForOpening(kind, Resident.Anonymous.Id, claimDigest);
}
