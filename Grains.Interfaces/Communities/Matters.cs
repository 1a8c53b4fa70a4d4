using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;
using Orleans.Concurrency;

namespace Dispatch.Communities;

/// <summary>The kinds of matter (事项): what police and residents work on together beside incidents. Each is an aggregate of its own.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MatterKind>))]
public enum MatterKind
{
    /// <summary>关切: something residents want solved.</summary>
    Concern,

    /// <summary>Concerns grouped and worked with SARA.</summary>
    Problem,

    /// <summary>A meeting with residents, its agenda and what became of it.</summary>
    Meeting,

    /// <summary>纠纷: a conflict under mediation.</summary>
    Dispute,

    /// <summary>Work given to a partner.</summary>
    Referral,

    /// <summary>吹哨报到: departments called to a place.</summary>
    Whistle,

    /// <summary>An anonymous tip.</summary>
    Tip,

    /// <summary>投诉: a complaint about police work, routed outside the pair's chain.</summary>
    Complaint,
}

/// <summary>What every matter tells of itself.</summary>
public interface IMatterView
{
    /// <summary>UUID.</summary>
    string Id { get; }

    /// <summary>Its community.</summary>
    string CommunityId { get; }

    /// <summary>Counts its changes from 1.</summary>
    long Version { get; }
}

/// <summary>A matter as tables and community feeds hold it, whatever its kind. Carries no protected field.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people, see <see cref="MatterIds.Number"/>.</param>
/// <param name="Version">Counts its changes from 1; a newer row replaces an older one.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community.</param>
/// <param name="Status">Where it stands, in its kind's words, camelCase.</param>
/// <param name="IsOpen">Whether there is still something to do.</param>
/// <param name="OpenedAt">When it came up.</param>
/// <param name="Text">What it is found by: free text without protected fields.</param>
/// <param name="View">The view as it is shown to who works there.</param>
/// <param name="Masked">The view as it is shown to who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.matter-row")]
public sealed record MatterRow(
    MatterKind Kind, string Id, string Number, long Version, string CommunityId, string StationId, string Status, bool IsOpen, DateTimeOffset OpenedAt,
    string Text, JsonText View, JsonText Masked)
{
    /// <summary>Code of its category, from the model pack.</summary>
    [Id(12)]
    public string? Category { get; init; }

    /// <summary>The pair it is with.</summary>
    [Id(13)]
    public string? PairId { get; init; }

    /// <summary>The partner it is with.</summary>
    [Id(14)]
    public string? PartnerId { get; init; }

    /// <summary>When the clock that runs now is over; null where none runs.</summary>
    [Id(15)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it ended.</summary>
    [Id(16)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What it has to do with, each as <c>kind/id</c>, for instance <c>interaction/…</c>, <c>incident/…</c>, <c>concern/…</c>.</summary>
    [Id(17)]
    public ImmutableArray<string> Refs { get; init; } = [];

    /// <summary>Further words it is counted by, for instance a dispute's tier and grade, as <c>name=value</c>.</summary>
    [Id(18)]
    public ImmutableArray<string> Facets { get; init; } = [];

    /// <summary>Whether it is kept from the community's feed and searches: only who is named by its kind's own rules sees it.</summary>
    [Id(19)]
    public bool Restricted { get; init; }

    /// <summary>When its first clock was over: a concern's answer, a dispute's first session; null where none ran.</summary>
    [Id(20)]
    public DateTimeOffset? FirstDueAt { get; init; }

    /// <summary>When that first thing was done; null while it is not.</summary>
    [Id(21)]
    public DateTimeOffset? FirstMetAt { get; init; }

    /// <summary>The key of its feed value: its kind and id.</summary>
    public string Key => MatterIds.KeyOf(Kind, Id);
}

/// <summary>What all matters answer.</summary>
public interface IMatterGrain : IGrainWithStringKey
{
    /// <summary>What happened, oldest first, without protected fields.</summary>
    [Alias("get-timeline"), AlwaysInterleave]
    Task<ImmutableArray<TimelineEntry>> GetTimelineAsync();

    /// <summary>The durable state as a row; null where there is no such matter.</summary>
    [Alias("get-row"), AlwaysInterleave]
    Task<MatterRow?> GetRowAsync();
}

/// <summary>A matter of a kind.</summary>
/// <typeparam name="TCommand">What can be asked of it.</typeparam>
/// <typeparam name="TView">As what it is shown.</typeparam>
public interface IMatterGrain<TCommand, TView> : IMatterGrain
    where TView : class, IMatterView
{
    /// <summary>Does a command, or refuses it. Answered only when the result is durable.</summary>
    [Alias("execute")]
    Task<Answer<TView>> ExecuteAsync(CommandContext context, TCommand command);

    /// <summary>The durable state; null where there is no such matter.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<TView?> GetAsync();
}
