namespace Dispatch.Trials.Checking;

/// <summary>I6: every offer ends once, none stays pending past its deadline, neither at its incident nor at its pair.</summary>
public sealed class DeadlineCheck(Trial trial)
{
    private readonly Disturbance[] disturbances = [.. trial.Disturbances.OrderBy(x => x.From)];

    /// <summary>How late offers expired while the cluster was whole.</summary>
    public List<TimeSpan> Lateness { get; } = [];

    /// <summary>How long after the recovery offers expired whose time fell into a disturbance.</summary>
    public List<TimeSpan> LatenessAfterRecovery { get; } = [];

    /// <summary>Checks it.</summary>
    public IReadOnlyList<Violation> Check(
        IReadOnlyDictionary<string, IncidentLife> incidents, IReadOnlyDictionary<string, PairLife> pairs) =>
    [
        .. incidents.SelectMany(x => x.Value.Offers.Values.SelectMany(offer => CheckOffer(x.Key, offer))),
        .. pairs.SelectMany(x => x.Value.Shown.Where(offer => DueBy(offer.Value) + trial.DeadlineTolerance < trial.QuietAt)
            .Select(offer => new Violation("I6", $"{x.Key} still shows offer {offer.Key}, whose time was over at {offer.Value:HH:mm:ss.fff}"))),
    ];

    private IEnumerable<Violation> CheckOffer(string stream, OfferLife offer)
    {
        if (offer.ExpiresAt is not { } deadline)
        {
            yield break;
        }

        var due = DueBy(deadline);
        if (offer.Ends is not [var end, ..])
        {
            if (due + trial.DeadlineTolerance < trial.QuietAt)
            {
                yield return new Violation("I6", $"{stream}: offer {offer.Id} is still pending, its time was over at {deadline:HH:mm:ss.fff}");
            }

            yield break;
        }

        if (end.At > due + trial.DeadlineTolerance)
        {
            yield return new Violation(
                "I6", $"{stream}: offer {offer.Id} {end.How} at {end.At:HH:mm:ss.fff}, its time was over at {deadline:HH:mm:ss.fff} and the cluster whole at {due:HH:mm:ss.fff}");
        }

        if (end.How == "expired")
        {
            (due == deadline ? Lateness : LatenessAfterRecovery).Add(end.At > due ? end.At - due : TimeSpan.Zero);
        }
    }

    /// <summary>When a deadline must have fired: at its time, or once the cluster is whole again where that fell into a disturbance.</summary>
    private DateTimeOffset DueBy(DateTimeOffset deadline)
    {
        var due = deadline;
        foreach (var disturbance in disturbances)
        {
            // One that begins within the tolerance may keep the deadline from firing as well.
            if (disturbance.From <= due + trial.DeadlineTolerance && disturbance.To > due)
            {
                due = disturbance.To;
            }
        }

        return due;
    }
}
