using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Packs;

/// <summary>Which pack a bureau works by. Pure.</summary>
public static class ModelPackRules
{
    private const int MaxReason = 500;

    /// <summary>The organisation after a choice.</summary>
    /// <param name="organisation">The present one; null before the first import.</param>
    /// <param name="choice">The choice.</param>
    /// <param name="packs">The packs that there are.</param>
    public static Answer<Organisation> Choose(Organisation? organisation, ChooseModelPack choice, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return string.IsNullOrWhiteSpace(choice.Reason) ? Refusal.Invalid(RefusalCodes.ValueMissing, "reason", "A reason is needed.")
            : choice.Reason.Length > MaxReason ? Refusal.Invalid(RefusalCodes.ValueTooLong, "reason", $"A reason is at most {MaxReason} characters.")
            : WhyNotThere(choice.ModelPack, packs) is { } noPack ? noPack
            : organisation is null ? Refusal.Rule(RefusalCodes.OrganisationMissing, "There is no organisation yet.")
            : organisation with { ModelPack = choice.ModelPack };
    }

    /// <summary>Why a bureau cannot work by a pack; null where it can.</summary>
    public static Refusal? WhyNotThere(string id, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(packs);
        return packs.Find(id) is not null ? null
            : Refusal.Invalid(
                RefusalCodes.ModelPackNotFound, "modelPack", $"There is no such model pack; there are {string.Join(", ", packs.All.Select(x => x.Id))}.");
    }
}
