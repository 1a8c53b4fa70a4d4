namespace Dispatch.Trials.Checking;

/// <summary>A pair's stream, replayed by the table of effects: the pair is the one arbiter, so its own order is the truth of I1.</summary>
public sealed class PairLife
{
    private PairLife()
    {
    }

    /// <summary>Its commitments, in order.</summary>
    public List<Stint> Stints { get; } = [];

    /// <summary>Offers that it shows at the end, with their deadlines.</summary>
    public Dictionary<string, DateTimeOffset> Shown { get; } = new(StringComparer.Ordinal);

    /// <summary>What its own stream shows to be wrong.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>The commitment at the end of the stream.</summary>
    public Stint? Current => Stints.LastOrDefault(x => x.To is null);

    /// <summary>Replays a stream.</summary>
    /// <param name="stream">Its name.</param>
    /// <param name="rows">Its rows, in order of version.</param>
    public static PairLife Of(string stream, IReadOnlyList<JournalRow> rows)
    {
        var life = new PairLife();
        foreach (var row in rows)
        {
            foreach (var effect in EffectTable.Of(row) ?? [])
            {
                life.Take(stream, row, effect);
            }
        }

        return life;
    }

    private void Take(string stream, JournalRow row, Effect effect)
    {
        switch (effect)
        {
            case CommitmentBegan e:
                if (Current is { } other)
                {
                    Violations.Add(new Violation(
                        "I1", $"{stream} version {row.Version}: committed to incident {e.IncidentId} while committed to {other.IncidentId}"));
                }

                Shown.Remove(e.OfferId);
                Stints.Add(new Stint(e.OfferId, EffectTable.IdOf(stream), e.IncidentId, row.At));
                break;
            case CommitmentEnded e:
                foreach (var stint in Stints.Where(x => x.To is null && (e.OfferId is null || x.OfferId == e.OfferId)))
                {
                    (stint.To, stint.EndedByForce) = (row.At, e.ByForce);
                }

                break;
            case OfferShown e:
                Shown[e.OfferId] = e.ExpiresAt;
                break;
            case OfferHidden { OfferId: { } offer }:
                Shown.Remove(offer);
                break;
            case OfferHidden:
                Shown.Clear();
                break;
        }
    }
}
