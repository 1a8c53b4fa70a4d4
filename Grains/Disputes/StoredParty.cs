using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>Somebody of a dispute, as it is stored: what may be shown, and the rest sealed.</summary>
/// <param name="Id">Within the dispute.</param>
/// <param name="Role">As what.</param>
/// <param name="Nature">One person, or a group.</param>
/// <param name="Label">What a group is called.</param>
/// <param name="Minor">Whether under age.</param>
/// <param name="GuardianOf">Of a guardian: whose; null for everybody under age.</param>
/// <param name="Sealed">What is protected.</param>
/// <param name="Consent">Whether it agreed to be mediated.</param>
public sealed record StoredParty(
    string Id, PartyRole Role, PartyNature Nature, string? Label, MinorAge? Minor, string? GuardianOf, SealedFields? Sealed, DisputeConsent? Consent = null)
{
    /// <summary>Whether it agreed to be mediated and has not taken that back.</summary>
    public bool Consents => Consent is { WithdrawnAt: null };

    /// <summary>Whether it is one of those who have the conflict.</summary>
    public bool IsParty => Role == PartyRole.Party;

    /// <summary>What views show of it.</summary>
    public DisputeParty View() => new(Id, Role, Nature, Label, Minor, GuardianOf, Sealed?.Fields ?? [], Consent);
}
