namespace Dispatch.Disputes;

/// <content>As what it is shown.</content>
public sealed partial record DisputeState
{
    /// <summary>Who told the police of what may not be mediated is hidden.</summary>
    public bool Hides(StoredParty party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return !MayBeMediated && party.Role == PartyRole.Reporter;
    }

    /// <summary>The view.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">How many events there were.</param>
    public DisputeView View(string id, long version)
    {
        var clocks = DisputeClocks.Running(this);
        return new DisputeView(
            id, Number, version, CommunityId, StationId, Status, IsOpen, Kind, MayBeMediated, Title, Grade, Tier, TierKind, StartTier, OpenedAt)
        {
            Summary = Summary,
            Place = Place,
            Location = Location,
            PairId = PairId,
            Refs = Refs,
            RepeatOf = RepeatOf,
            CaseIncidentId = CaseIncidentId,
            Clock = clocks.FirstOrDefault()?.Clock,
            DueAt = clocks.FirstOrDefault()?.DueAt,
            Clocks = clocks,
            Parties = [.. Parties.Where(x => !Hides(x)).Select(x => x.View())],
            FirstAttempt = FirstAttempt,
            Hops = Hops,
            Referrals = Referrals,
            Sessions = Sessions,
            Agreement = Agreement,
            FollowUpsDue = FollowUpsDue,
            FollowUps = FollowUps,
            WarningLetters = WarningLetters,
            Closing = Closing,
            SettledAt = SettledAt,
            EndedAt = EndedAt,
            Reopened = Reopened,
            HasConsent = MayBeMediated && HasConsent,
        };
    }
}
