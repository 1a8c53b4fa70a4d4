using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>A dispute as it is shown: no protected field, see <see cref="IDisputeGrain.ReadPersonsAsync"/>.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="IsOpen">Whether there is still something to do; after a settlement until the visits were made.</param>
/// <param name="Kind">Code of a kind of the pack.</param>
/// <param name="MayBeMediated">Whether its kind can be closed by mediation; domestic violence cannot.</param>
/// <param name="Title">What it is about; empty for who looks on.</param>
/// <param name="Grade">Code of a grade of the pack: of the dispute, never of people.</param>
/// <param name="Tier">Code of the tier where it is.</param>
/// <param name="TierKind">Whose mediation that tier has.</param>
/// <param name="StartTier">Code of the tier where it began.</param>
/// <param name="OpenedAt">When it was opened.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-view")]
public sealed record DisputeView(
    string Id, string Number, long Version, string CommunityId, string StationId, DisputeStatus Status, bool IsOpen, string Kind, bool MayBeMediated,
    string Title, string Grade, string Tier, DisputeTierKind TierKind, string StartTier, DateTimeOffset OpenedAt) : IMatterView
{
    /// <summary>What happened; null for who looks on.</summary>
    [Id(15)]
    public string? Summary { get; init; }

    /// <summary>Name of a public place; null for who looks on.</summary>
    [Id(16)]
    public string? Place { get; init; }

    /// <summary>Where it is, rounded to some 100 m.</summary>
    [Id(17)]
    public GeoPoint? Location { get; init; }

    /// <summary>The pair that works on it.</summary>
    [Id(18)]
    public string? PairId { get; init; }

    /// <summary>What it has to do with, each as <c>kind/id</c>.</summary>
    [Id(19)]
    public ImmutableArray<string> Refs { get; init; } = [];

    /// <summary>The dispute that has come back with this one.</summary>
    [Id(20)]
    public string? RepeatOf { get; init; }

    /// <summary>The incident that was opened of it.</summary>
    [Id(21)]
    public string? CaseIncidentId { get; init; }

    /// <summary>The clock that is over first of those that run.</summary>
    [Id(22)]
    public DisputeClock? Clock { get; init; }

    /// <summary>When it is over.</summary>
    [Id(23)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Every clock that runs, soonest first.</summary>
    [Id(24)]
    public ImmutableArray<RunningClock> Clocks { get; init; } = [];

    /// <summary>Who has to do with it.</summary>
    [Id(25)]
    public ImmutableArray<DisputeParty> Parties { get; init; } = [];

    /// <summary>The attempt of who tries first.</summary>
    [Id(26)]
    public FirstAttemptMade? FirstAttempt { get; init; }

    /// <summary>Every move from tier to tier, oldest first.</summary>
    [Id(27)]
    public ImmutableArray<DisputeHop> Hops { get; init; } = [];

    /// <summary>Every referral, oldest first; at most the last is open.</summary>
    [Id(28)]
    public ImmutableArray<DisputeReferral> Referrals { get; init; } = [];

    /// <summary>Every session, oldest first.</summary>
    [Id(29)]
    public ImmutableArray<MediationSession> Sessions { get; init; } = [];

    /// <summary>What the parties agreed on.</summary>
    [Id(30)]
    public DisputeAgreement? Agreement { get; init; }

    /// <summary>When the visits after the settlement are due.</summary>
    [Id(31)]
    public ImmutableArray<DateTimeOffset> FollowUpsDue { get; init; } = [];

    /// <summary>The visits, oldest first.</summary>
    [Id(32)]
    public ImmutableArray<FollowUp> FollowUps { get; init; } = [];

    /// <summary>Warning letters.</summary>
    [Id(33)]
    public ImmutableArray<WarningLetter> WarningLetters { get; init; } = [];

    /// <summary>How it ended.</summary>
    [Id(34)]
    public DisputeClosing? Closing { get; init; }

    /// <summary>When the parties agreed or withdrew: from then on visits and the window of a repeat are counted.</summary>
    [Id(35)]
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>When nothing was left to do.</summary>
    [Id(36)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often it was gone on with after an agreement or an end.</summary>
    [Id(37)]
    public int Reopened { get; init; }

    /// <summary>Whether every party has agreed to be mediated.</summary>
    [Id(38)]
    public bool HasConsent { get; init; }

    /// <summary>The partner that has it, or is asked.</summary>
    public string? PartnerId => Referrals.LastOrDefault() is { IsOpen: true } referral ? referral.PartnerId : null;

    /// <summary>Without free text, which may hold anything.</summary>
    public DisputeView ForMasked() => this with
    {
        Title = string.Empty,
        Summary = null,
        Place = null,
        Parties = [.. Parties.Select(x => x with { Label = null })],
        FirstAttempt = FirstAttempt is { } attempt ? attempt with { ByRole = string.Empty, Note = null } : null,
        Hops = [.. Hops.Select(x => x with { Reason = string.Empty })],
        Referrals = [.. Referrals.Select(x => x with { Reason = string.Empty, Text = null })],
        Sessions = [.. Sessions.Select(x => x with { Room = string.Empty, MediatorRole = string.Empty, Note = null })],
        Agreement = Agreement is { } agreement
            ? agreement with
            {
                Terms = string.Empty,
                Obligations = [.. agreement.Obligations.Select(x => x with { What = string.Empty, Note = null })],
                Confirmation = agreement.Confirmation with { Note = null },
            }
            : null,
        FollowUps = [.. FollowUps.Select(x => x with { Said = string.Empty })],
        WarningLetters = [.. WarningLetters.Select(x => x with { LetterNumber = string.Empty })],
        Closing = Closing is { } closing ? closing with { Reason = string.Empty, NoWarningLetterBecause = closing.NoWarningLetterBecause is null ? null : string.Empty } : null,
    };
}
