using System.Collections.Immutable;
using System.Globalization;

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
    public StationRecord Depart(string incidentId) => Open.ContainsKey(incidentId) ? this with { Open = Open.Remove(incidentId) } : this;

    /// <summary>The record without an incident.</summary>
    public StationRecord Deregister(string incidentId, DateTimeOffset now)
    {
        if (!Open.ContainsKey(incidentId))
        {
            return this;
        }

        var today = On(now);
        return today with { EndedToday = today.EndedToday + 1, Open = Open.Remove(incidentId) };
    }

    private StationRecord On(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.DateTime);
        return day == Day ? this : this with { Day = day, NumberedToday = 0, EndedToday = 0 };
    }
}

/// <summary>An incident on the list of what is open.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was put there.</param>
public sealed record RegisteredIncident(string Number, DateTimeOffset At);
