using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Incidents;

namespace Dispatch.Stations;

/// <summary>What is stored of a station: only what is open. All else is asked for again after a restart.</summary>
public sealed record StationRecord
{
    /// <summary>Incidents that have not ended, or of which something is outstanding, with the number each was given.</summary>
    public ImmutableSortedDictionary<string, RegisteredIncident> Open { get; init; } =
        ImmutableSortedDictionary.Create<string, RegisteredIncident>(StringComparer.Ordinal);

    /// <summary>The day that is counted, local to the server.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Incidents numbered on that day.</summary>
    public int NumberedToday { get; init; }

    /// <summary>Incidents ended on that day.</summary>
    public int EndedToday { get; init; }

    /// <summary>
    /// The clocks of that day, of incidents that are off the list; null until one was counted. Those on the list are counted from what they told.
    /// </summary>
    public ResponseClocks? Clocks { get; init; }

    /// <summary>The record with one more incident, which gets the day's next number.</summary>
    public StationRecord Register(string incidentId, string stationId, DateTimeOffset now)
    {
        if (Open.ContainsKey(incidentId))
        {
            return this;
        }

        var today = On(now);
        var count = today.NumberedToday + 1;
        var number = string.Create(CultureInfo.InvariantCulture, $"{stationId}-{today.Day:yyMMdd}-{count:0000}");
        return today with { NumberedToday = count, Open = Open.Add(incidentId, new RegisteredIncident(number, now)) };
    }

    /// <summary>The record with an incident that was numbered before.</summary>
    public StationRecord Adopt(string incidentId, string number, DateTimeOffset now) =>
        Open.ContainsKey(incidentId) ? this : this with { Open = Open.Add(incidentId, new RegisteredIncident(number, now)) };

    /// <summary>The record without an incident that another station has now.</summary>
    /// <param name="incidentId">The incident.</param>
    /// <param name="known">The state in which it is known, whose steps are kept in the clocks; null where it is not.</param>
    /// <param name="now">The time.</param>
    public StationRecord Depart(string incidentId, IncidentView? known, DateTimeOffset now) =>
        Open.ContainsKey(incidentId) ? On(now).Counting(incidentId, known, now) with { Open = Open.Remove(incidentId) } : this;

    /// <summary>The record without an incident.</summary>
    /// <param name="incidentId">The incident.</param>
    /// <param name="known">The state in which it is known, whose steps are kept in the clocks; null where it is not.</param>
    /// <param name="now">The time.</param>
    public StationRecord Deregister(string incidentId, IncidentView? known, DateTimeOffset now)
    {
        if (!Open.ContainsKey(incidentId))
        {
            return this;
        }

        var today = On(now).Counting(incidentId, known, now);
        return today with { EndedToday = today.EndedToday + 1, Open = Open.Remove(incidentId) };
    }

    /// <summary>Today's clocks: what the record keeps, and the steps of the incidents on the list as far as they are known.</summary>
    public ResponseClocks ClocksOf(IReadOnlyDictionary<string, IncidentView> known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        var clocks = On(now).Clocks ?? ResponseClocks.None;
        foreach (var (id, registered) in Open)
        {
            if (known.TryGetValue(id, out var incident))
            {
                clocks = clocks.With(incident, registered.At, now);
            }
        }

        return clocks;
    }

    private StationRecord Counting(string incidentId, IncidentView? known, DateTimeOffset now)
    {
        // A record of a version that did not count begins in the middle of the day.
        var clocks = Clocks ?? (EndedToday > 0 ? ResponseClocks.None with { Since = now } : ResponseClocks.None);
        return this with { Clocks = known is null ? clocks : clocks.With(known, Open[incidentId].At, now) };
    }

    /// <summary>The record as of a time: on another day nothing is counted yet.</summary>
    public StationRecord On(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.DateTime);
        return day == Day ? this : this with { Day = day, NumberedToday = 0, EndedToday = 0, Clocks = null };
    }
}

/// <summary>An incident on the list of what is open.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was put there.</param>
public sealed record RegisteredIncident(string Number, DateTimeOffset At);
