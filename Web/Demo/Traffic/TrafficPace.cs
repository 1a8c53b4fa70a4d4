namespace Dispatch.Demo;

/// <summary>How fast the demonstration runs: a time lapse in which an incident takes one to three minutes from call to closed.</summary>
public sealed record TrafficPace
{
    /// <summary>How often everyone looks at the clock and at the screen.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two calls in the first minute.</summary>
    public (double From, double To) OpeningSecondsAtFirst { get; init; } = (4, 6);

    /// <summary>Between two calls after that.</summary>
    public (double From, double To) OpeningSeconds { get; init; } = (8, 12);

    /// <summary>How long the first pace lasts.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>No call comes in while so many of the demonstration's incidents are open.</summary>
    public int MostOpen { get; init; } = 25;

    /// <summary>From call to offer, and between any two steps of the dispatcher with one incident.</summary>
    public (double From, double To) DispatcherSeconds { get; init; } = (2, 5);

    /// <summary>From the last pair's clearing to closing.</summary>
    public (double From, double To) ClosingSeconds { get; init; } = (3, 8);

    /// <summary>An incident that no pair has taken by then is closed or called off.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>From offer to answer.</summary>
    public (double From, double To) AnswerSeconds { get; init; } = (2, 7);

    /// <summary>From acceptance to setting out, and from report to clearing.</summary>
    public (double From, double To) ShortSeconds { get; init; } = (2, 6);

    /// <summary>On the way, however far it is.</summary>
    public (double From, double To) TravelSeconds { get; init; } = (12, 40);

    /// <summary>At the scene.</summary>
    public (double From, double To) SceneSeconds { get; init; } = (15, 40);

    /// <summary>With one activity between incidents.</summary>
    public (double From, double To) ActivitySeconds { get; init; } = (40, 150);

    /// <summary>Speed on patrol, metres a second; on the way it is at least this.</summary>
    public double MetresPerSecond { get; init; } = 16;

    /// <summary>How far from its community's centre a pair patrols and calls come in, metres.</summary>
    public double RadiusMetres { get; init; } = 4_000;

    /// <summary>Between two position reports on the way to an incident.</summary>
    public TimeSpan ReportOnTheWay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two position reports on patrol.</summary>
    public TimeSpan ReportOnPatrol { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Between two position reports while standing.</summary>
    public TimeSpan ReportStanding { get; init; } = TimeSpan.FromSeconds(20);
}
