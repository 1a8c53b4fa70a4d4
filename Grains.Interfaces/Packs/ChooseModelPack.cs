namespace Dispatch.Packs;

/// <summary>Makes the bureau work by another model pack.</summary>
/// <param name="ModelPack">Id of the pack.</param>
/// <param name="Reason">Why, 1 to 500 characters; in the journal.</param>
[GenerateSerializer, Immutable, Alias("dispatch.choose-model-pack")]
public sealed record ChooseModelPack(string ModelPack, string Reason);

/// <summary>What a choice of a model pack brought.</summary>
/// <param name="OrganisationVersion">The organisation's version after it.</param>
/// <param name="ModelPack">Id of the pack.</param>
[GenerateSerializer, Immutable, Alias("dispatch.model-pack-chosen")]
public sealed record ModelPackChosen(long OrganisationVersion, string ModelPack);
