using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>Where work given to a partner stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReferralStatus>))]
public enum ReferralStatus
{
    /// <summary>Given, and not answered yet.</summary>
    Given,

    /// <summary>The partner does it.</summary>
    Accepted,

    /// <summary>The partner does not; an end.</summary>
    Refused,

    /// <summary>The partner has done what it did; the pair looks at it.</summary>
    Returned,

    /// <summary>The pair took the result; an end.</summary>
    Closed,

    /// <summary>The pair took the work back; an end.</summary>
    Recalled,
}

/// <summary>What came of work given to a partner.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReferralResult>))]
public enum ReferralResult
{
    /// <summary>All of it.</summary>
    Done,

    /// <summary>Some of it.</summary>
    PartlyDone,

    /// <summary>None of it, though it was tried.</summary>
    NotDone,

    /// <summary>It had settled itself.</summary>
    NotNeeded,
}

/// <summary>Word of a partner on the way.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Text">What, at most 1,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.referral-progress")]
public sealed record ReferralProgress(DateTimeOffset At, string By, string Text);

/// <summary>Work given to a partner (转办): asked, answered, clocked, returned and looked at.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">For people.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PartnerId">To whom it is given.</param>
/// <param name="PartnerName">What the partner was called then.</param>
/// <param name="TaskKind">Code of the kind of task, from the model pack.</param>
/// <param name="Ask">What is asked, 1 to 2,000 characters.</param>
/// <param name="GivenAt">When.</param>
/// <param name="GivenBy">By whom.</param>
/// <param name="AnswerDueAt">Until when the partner is to accept or refuse.</param>
[GenerateSerializer, Immutable, Alias("dispatch.referral-view")]
public sealed record ReferralView(
    string Id, string Number, string CommunityId, string StationId, long Version, ReferralStatus Status, string PartnerId, string PartnerName, string TaskKind,
    string Ask, DateTimeOffset GivenAt, string GivenBy, DateTimeOffset AnswerDueAt) : IMatterView
{
    /// <summary>What it has to do with, as <c>concern/…</c>, <c>problem/…</c>, <c>dispute/…</c> or <c>incident/…</c>; null for nothing.</summary>
    [Id(13)]
    public string? Ref { get; init; }

    /// <summary>The pair that looks after it.</summary>
    [Id(14)]
    public string? PairId { get; init; }

    /// <summary>Until when the result is to be there: as the giver said, or by the pack's clock from the acceptance on.</summary>
    [Id(15)]
    public DateTimeOffset? ReturnDueAt { get; init; }

    /// <summary>When the partner accepted or refused.</summary>
    [Id(16)]
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether the partner's last word was recorded by somebody else, who was told it.</summary>
    [Id(17)]
    public bool OnBehalf { get; init; }

    /// <summary>Why it was refused, sent back or recalled, the last time.</summary>
    [Id(18)]
    public string? Reason { get; init; }

    /// <summary>Word on the way, oldest first; the last 20, all are in the timeline.</summary>
    [Id(19)]
    public ImmutableArray<ReferralProgress> Progress { get; init; } = [];

    /// <summary>When the result came, the last time.</summary>
    [Id(20)]
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>What came of it.</summary>
    [Id(21)]
    public ReferralResult? Result { get; init; }

    /// <summary>The result in words.</summary>
    [Id(22)]
    public string? ResultText { get; init; }

    /// <summary>How many times the pair sent a result back.</summary>
    [Id(23)]
    public int TimesSentBack { get; init; }

    /// <summary>When it ended.</summary>
    [Id(24)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Whether there is still something to do.</summary>
    public bool IsOpen => Status is ReferralStatus.Given or ReferralStatus.Accepted or ReferralStatus.Returned;

    /// <summary>When the clock that runs now is over; null where none does.</summary>
    public DateTimeOffset? DueAt => Status switch
    {
        ReferralStatus.Given => AnswerDueAt,
        ReferralStatus.Accepted => ReturnDueAt,
        _ => null,
    };

    /// <summary>Without free text, which may hold anything.</summary>
    public ReferralView ForMasked() => this with
    {
        Ask = string.Empty, Reason = Reason is null ? null : string.Empty, Progress = [], ResultText = ResultText is null ? null : string.Empty,
    };
}
