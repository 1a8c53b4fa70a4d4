namespace Dispatch.Trials.Checking;

/// <summary>How an offer ended, and where in its stream.</summary>
public sealed record OfferEnd(string How, DateTimeOffset At, long Version);

/// <summary>An offer as its incident's stream tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PairId">Whom it was put to.</param>
/// <param name="ExpiresAt">Its deadline; null where it was never pending.</param>
public sealed record OfferLife(string Id, string PairId, DateTimeOffset? ExpiresAt)
{
    /// <summary>Every end it had; one is right.</summary>
    public List<OfferEnd> Ends { get; } = [];
}

/// <summary>A time in which a pair was committed, as one side tells it.</summary>
/// <param name="OfferId">What committed it.</param>
/// <param name="PairId">The pair.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="From">When it began.</param>
public sealed record Stint(string OfferId, string PairId, string IncidentId, DateTimeOffset From)
{
    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>A supervisor ended it at the pair; the incident hears of it afterwards.</summary>
    public bool EndedByForce { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"pair {PairId} on incident {IncidentId} {From:HH:mm:ss.fff}–{To:HH:mm:ss.fff}";
}

/// <summary>An incident's stream, replayed by the table of effects; what it breaks by itself is in <see cref="Violations"/>.</summary>
public sealed class IncidentLife
{
    private readonly string stream;
    private readonly string id;
    private int asked;
    private bool ended;

    private IncidentLife(string stream)
    {
        this.stream = stream;
        id = EffectTable.IdOf(stream);
    }

    /// <summary>Its offers by id.</summary>
    public Dictionary<string, OfferLife> Offers { get; } = new(StringComparer.Ordinal);

    /// <summary>Its assignments, in order of their beginning.</summary>
    public List<Stint> Stints { get; } = [];

    /// <summary>What its own stream shows to be wrong.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>Pairs that are committed to it at the end of the stream.</summary>
    public IEnumerable<string> CommittedPairs => Stints.Where(x => x.To is null).Select(x => x.PairId);

    /// <summary>Replays a stream.</summary>
    /// <param name="stream">Its name.</param>
    /// <param name="rows">Its rows, in order of version.</param>
    public static IncidentLife Of(string stream, IReadOnlyList<JournalRow> rows)
    {
        var life = new IncidentLife(stream);
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var effect in EffectTable.Of(rows[i]) ?? [])
            {
                life.Take(rows[i], effect);
            }

            // The rows of one decision come true together, so only what stands after the last of them counts.
            if (i + 1 == rows.Count || rows[i + 1].At != rows[i].At || rows[i + 1].CommandId != rows[i].CommandId)
            {
                life.CheckCrew(rows[i]);
            }
        }

        return life;
    }

    private void Take(JournalRow row, Effect effect)
    {
        switch (effect)
        {
            case PairsAskedFor e:
                asked += e.More;
                break;
            case OfferMade e:
                if (!Offers.TryAdd(e.OfferId, new OfferLife(e.OfferId, e.PairId, e.ExpiresAt)))
                {
                    Add("I4", row, $"offer {e.OfferId} was made twice");
                }

                break;
            case WorkNamed e:
                Offers.TryAdd(e.OfferId, new OfferLife(e.OfferId, e.PairId, null));
                break;
            case OfferEnded e:
                End(row, e);
                break;
            case AssignmentBegan e:
                Begin(row, e);
                break;
            case AssignmentEnded e:
                foreach (var stint in Stints.Where(x => x.OfferId == e.OfferId && x.To is null))
                {
                    stint.To = row.At;
                }

                break;
            case IncidentEnded:
                ended = true;
                break;
            case IncidentOpenAgain:
                ended = false;
                break;
        }
    }

    private void End(JournalRow row, OfferEnded e)
    {
        if (!Offers.TryGetValue(e.OfferId, out var offer))
        {
            Add("I6", row, $"offer {e.OfferId} {e.How} without having been made");
            return;
        }

        if (offer.Ends is [.., var before])
        {
            Add(before.How == "accepted" && e.How == "accepted" ? "I2" : "I6", row, $"offer {e.OfferId} {e.How} after it was {before.How}");
        }

        if (e.How == "expired" && offer.ExpiresAt is { } deadline && row.At < deadline)
        {
            Add("I6", row, $"offer {e.OfferId} expired {(deadline - row.At).TotalMilliseconds:0} ms before its deadline");
        }

        offer.Ends.Add(new OfferEnd(e.How, row.At, row.Version));
    }

    private void Begin(JournalRow row, AssignmentBegan e)
    {
        var pair = e.PairId ?? Offers.GetValueOrDefault(e.OfferId)?.PairId;
        if (pair is null)
        {
            Add("I2", row, $"{e.OfferId} committed a pair without having been put to one");
            return;
        }

        if (Stints.Any(x => x.PairId == pair && x.To is null))
        {
            Add("I2", row, $"pair {pair} was committed to it twice");
        }

        Stints.Add(new Stint(e.OfferId, pair, id, row.At));
    }

    private void CheckCrew(JournalRow row)
    {
        var committed = Stints.Count(x => x.To is null);
        if (committed > asked)
        {
            Add("I2", row, $"{committed} pairs are committed, {asked} were asked for");
        }

        if (ended && committed > 0)
        {
            Add("I2", row, $"it has ended with {committed} pairs committed");
        }
    }

    private void Add(string invariant, JournalRow row, string what) =>
        Violations.Add(new Violation(invariant, $"{stream} version {row.Version} ({row.Kind}): {what}"));
}
