using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>A dispute's state. Every list has a limit, see <see cref="DisputeLimits"/>; the history is the journal.</summary>
public sealed partial record DisputeState
{
    /// <summary>Number for people.</summary>
    public string Number { get; init; } = string.Empty;

    /// <summary>Its community.</summary>
    public string CommunityId { get; init; } = string.Empty;

    /// <summary>Station of that community.</summary>
    public string StationId { get; init; } = string.Empty;

    /// <summary>Code of its kind.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Whether its kind can be closed by mediation, as it was when it was opened: another pack does not change that.</summary>
    public bool MayBeMediated { get; init; }

    /// <summary>What it is about.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>What happened.</summary>
    public string? Summary { get; init; }

    /// <summary>Code of its grade.</summary>
    public string Grade { get; init; } = string.Empty;

    /// <summary>Code of the tier where it is.</summary>
    public string Tier { get; init; } = string.Empty;

    /// <summary>Whose mediation that tier has.</summary>
    public DisputeTierKind TierKind { get; init; }

    /// <summary>Code of the tier where it began.</summary>
    public string StartTier { get; init; } = string.Empty;

    /// <summary>When it was opened.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who has to do with it.</summary>
    public ImmutableArray<StoredParty> Parties { get; init; } = [];

    /// <summary>Where it is, rounded.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>Name of a public place.</summary>
    public string? Place { get; init; }

    /// <summary>What it has to do with.</summary>
    public ImmutableArray<string> Refs { get; init; } = [];

    /// <summary>The dispute that has come back with this one.</summary>
    public string? RepeatOf { get; init; }

    /// <summary>The pair that works on it.</summary>
    public string? PairId { get; init; }

    /// <summary>The incident that was opened of it.</summary>
    public string? CaseIncidentId { get; init; }

    /// <summary>Until when who tries first has time; null where nobody does.</summary>
    public DateTimeOffset? FirstAttemptDueAt { get; init; }

    /// <summary>The attempt of who tries first.</summary>
    public FirstAttemptMade? FirstAttempt { get; init; }

    /// <summary>The clocks of the present tier.</summary>
    public TierClocks TierClocks { get; init; } = new();

    /// <summary>When a second session of the police is due.</summary>
    public DateTimeOffset? SecondSessionDueAt { get; init; }

    /// <summary>Every move.</summary>
    public ImmutableArray<DisputeHop> Hops { get; init; } = [];

    /// <summary>Every referral.</summary>
    public ImmutableArray<DisputeReferral> Referrals { get; init; } = [];

    /// <summary>Every session.</summary>
    public ImmutableArray<MediationSession> Sessions { get; init; } = [];

    /// <summary>The agreement that counts now.</summary>
    public DisputeAgreement? Agreement { get; init; }

    /// <summary>When visits are due.</summary>
    public ImmutableArray<DateTimeOffset> FollowUpsDue { get; init; } = [];

    /// <summary>The visits after the settlement that counts now.</summary>
    public ImmutableArray<FollowUp> FollowUps { get; init; } = [];

    /// <summary>Warning letters.</summary>
    public ImmutableArray<WarningLetter> WarningLetters { get; init; } = [];

    /// <summary>How it ended.</summary>
    public DisputeClosing? Closing { get; init; }

    /// <summary>When nothing was left to do.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often it was gone on with.</summary>
    public int Reopened { get; init; }

    /// <summary>When it was last gone on with: mediation before that counts no more.</summary>
    public DateTimeOffset? ReopenedAt { get; init; }

    /// <summary>When the parties agreed or withdrew.</summary>
    [JsonIgnore]
    public DateTimeOffset? SettledAt => Agreement?.At ?? (Closing is { Outcome: DisputeOutcome.Withdrawn } closing ? closing.At : null);

    /// <summary>The referral that is open.</summary>
    [JsonIgnore]
    public DisputeReferral? OpenReferral => Referrals.LastOrDefault() is { IsOpen: true } last ? last : null;

    /// <summary>Whether every party agreed to be mediated.</summary>
    [JsonIgnore]
    public bool HasConsent => Parties.All(x => !x.IsParty || x.Consents);

    /// <summary>Whether visits are due or to come.</summary>
    [JsonIgnore]
    public bool HasVisitsLeft => IsVisited && FollowUps.Length < FollowUpsDue.Length;

    /// <summary>Whether visits are made: the parties agreed or withdrew, and it did not end otherwise.</summary>
    [JsonIgnore]
    public bool IsVisited => SettledAt is not null && Closing?.Outcome is (null or DisputeOutcome.Settled or DisputeOutcome.Withdrawn);

    /// <summary>Whether there is still something to do.</summary>
    [JsonIgnore]
    public bool IsOpen => Closing is null || HasVisitsLeft;

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public DisputeStatus Status => Closing?.Outcome switch
    {
        DisputeOutcome.Settled => DisputeStatus.Settled,
        DisputeOutcome.Withdrawn => DisputeStatus.Withdrawn,
        DisputeOutcome.Failed => DisputeStatus.Failed,
        DisputeOutcome.EscalatedOut => DisputeStatus.EscalatedOut,
        DisputeOutcome.TransferredToCase => DisputeStatus.TransferredToCase,
        DisputeOutcome.Duplicate => DisputeStatus.Duplicate,
        _ => Agreement is not null ? DisputeStatus.Agreed : OpenReferral is not null ? DisputeStatus.Referred : DisputeStatus.Open,
    };

    /// <summary>A party by id.</summary>
    public StoredParty? Party(string id) => Parties.FirstOrDefault(x => x.Id == id);

    /// <summary>The state after one more event.</summary>
    public static DisputeState Apply(DisputeState? state, Recorded<DisputeEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var after = recorded.Event is DisputeOpened opened ? Open(opened, recorded.At) : (state ?? new DisputeState()).With(recorded.Event, recorded.At);
        return after.IsOpen ? after with { EndedAt = null } : after with { EndedAt = after.EndedAt ?? recorded.At };
    }
}
