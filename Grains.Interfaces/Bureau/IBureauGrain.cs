using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Packs;
using Dispatch.Stations;
using Orleans.Concurrency;

namespace Dispatch.Bureau;

/// <summary>The organisation and the bureau's feed. One grain, key <see cref="Key"/>; every process caches what it holds.</summary>
[Alias("dispatch.bureau")]
public interface IBureauGrain : IFeedGrain
{
    /// <summary>Its only key.</summary>
    public const string Key = "bureau";

    /// <summary>
    /// Replaces the organisation. Refused with <see cref="RefusalCodes.OrganisationInvalid"/> where ids repeat or point to nothing, with
    /// <see cref="RefusalCodes.ModelPackNotFound"/> where there is no such pack.
    /// </summary>
    [Alias("import")]
    Task<Answer<OrganisationVersion>> ImportAsync(CommandContext context, Organisation organisation);

    /// <summary>Forms or dissolves a pair, substitutes a member, or changes what is agreed about a pair. Idempotent by the command's id; refused by what the pair is doing, too.</summary>
    [Alias("change-pair")]
    Task<Answer<PairChanged>> ChangePairAsync(CommandContext context, PairChange change);

    /// <summary>
    /// Makes the bureau work by another model pack. Idempotent by the command's id. Refused with <see cref="RefusalCodes.ModelPackNotFound"/> where there is
    /// no such pack. What is under way goes on; what begins from here on goes by the new pack.
    /// </summary>
    [Alias("choose-model-pack")]
    Task<Answer<ModelPackChosen>> ChooseModelPackAsync(CommandContext context, ChooseModelPack choice);

    /// <summary>
    /// Changes stations or communities. Idempotent by the command's id. Refused with <see cref="RefusalCodes.OrganisationChangedMeanwhile"/> where it was decided on
    /// another version, and where something depends on what would go.
    /// </summary>
    [Alias("change-organisation")]
    Task<Answer<OrganisationChanged>> ChangeOrganisationAsync(CommandContext context, OrganisationChange change);

    /// <summary>The clocks that incidents go by now.</summary>
    [Alias("get-timers"), AlwaysInterleave]
    Task<TimersInForce> GetTimersAsync();

    /// <summary>Said by the bureau to itself: a handover sheet was told what follows from a change. Idempotent.</summary>
    /// <param name="sheetId">The sheet.</param>
    /// <param name="version">The organisation's version after the change.</param>
    [Alias("forget-handover")]
    Task ForgetHandoverAsync(string sheetId, long version);

    /// <summary>The organisation, or null when the caller's version is the present one or none was imported yet.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<OrganisationVersion?> GetAsync(long knownVersion);

    /// <summary>A station tells its figures; may be lost, the next one brings them.</summary>
    [Alias("publish-station"), AlwaysInterleave]
    Task PublishStationAsync(StationSummary summary);
}

/// <summary>An organisation with its number.</summary>
/// <param name="Version">Counts imports, changes of pairs, stations and communities, and choices of a model pack from 1.</param>
/// <param name="Organisation">The organisation.</param>
[GenerateSerializer, Immutable, Alias("dispatch.organisation-version")]
public sealed record OrganisationVersion(long Version, Organisation Organisation);
