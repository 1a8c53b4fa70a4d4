using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Orleans.Concurrency;

namespace Dispatch.Partners;

/// <summary>Something that is asked of a registry of partners.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(RegisterPartner), "registerPartner")]
[JsonDerivedType(typeof(ChangePartner), "changePartner")]
[JsonDerivedType(typeof(DeactivatePartner), "deactivatePartner")]
[JsonDerivedType(typeof(ReactivatePartner), "reactivatePartner")]
[GenerateSerializer, Immutable, Alias("dispatch.partner-command")]
public abstract record PartnerCommand;

/// <summary>Takes up a partner. Its id is worked out from the sender and the command, see <see cref="PartnerIds"/>.</summary>
/// <param name="Kind">Code of its kind, which stays.</param>
/// <param name="Details">What is known of it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.register-partner")]
public sealed record RegisterPartner(string Kind, PartnerDetails Details) : PartnerCommand
{
    /// <summary>That the sender has seen that a text or number looks like a person's own, and means it as it is.</summary>
    [Id(2)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Replaces what is known of a partner.</summary>
/// <param name="PartnerId">Which.</param>
/// <param name="Details">All that is known of it now.</param>
[GenerateSerializer, Immutable, Alias("dispatch.change-partner")]
public sealed record ChangePartner(string PartnerId, PartnerDetails Details) : PartnerCommand
{
    /// <summary>That the sender has seen that a text or number looks like a person's own, and means it as it is.</summary>
    [Id(2)]
    public bool TextConfirmed { get; init; }
}

/// <summary>A partner is given no more work; what it was given goes on.</summary>
/// <param name="PartnerId">Which.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deactivate-partner")]
public sealed record DeactivatePartner(string PartnerId, string Reason) : PartnerCommand;

/// <summary>A partner can be given work again.</summary>
/// <param name="PartnerId">Which.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reactivate-partner")]
public sealed record ReactivatePartner(string PartnerId) : PartnerCommand;

/// <summary>The partners that a station keeps, or the bureau. Key: see <see cref="KeyOf"/>.</summary>
[Alias("dispatch.partner-registry")]
public interface IPartnerRegistryGrain : IGrainWithStringKey
{
    /// <summary>Key of a station's registry; of the bureau's where there is none.</summary>
    public static string KeyOf(string? stationId) => stationId is null ? "bureau" : $"station/{stationId}";

    /// <summary>Does a command, or refuses it. Answered only when the result is durable.</summary>
    [Alias("execute")]
    Task<Answer<PartnerView>> ExecuteAsync(CommandContext context, PartnerCommand command);

    /// <summary>A partner; null where it is not kept here.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<PartnerView?> FindAsync(string partnerId);

    /// <summary>All of them, some hundreds at most.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<PartnerView>> ListAsync();
}
