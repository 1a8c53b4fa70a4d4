namespace Dispatch.Live;

/// <summary>How screens are fed, and how much one client may ask for. Configured under <c>Live</c>.</summary>
public sealed class LiveOptions
{
    /// <summary>Shortest time between two reads of a feed from its grain: changes within it travel together. Default 50 ms, which nobody sees.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The same for feeds of positions, default 250 ms: the wall moves its marks four times a second and glides in between.</summary>
    public TimeSpan PositionFlushInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a read waits in the grain for a change, default 2 s; with <see cref="AnswerWithin"/> shorter than the response timeout of 5 s.</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How much longer the answer to a read may take before it is asked again, default 1 s: a silo that died never answers.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>For how long nothing may be heard from a feed's grain before its screens are told that they may be old, default 5 s.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a feed is kept after its last screen left, default 10 s: screens that come back find it warm.</summary>
    public TimeSpan LingerAfterLast { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one write to a screen may take before its connection is closed, default 20 s; until then it gets fewer, merged changes. A write is one part
    /// of <see cref="MaxBatchBytes"/>, so a slow line that moves is not taken for one that stands.
    /// </summary>
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Largest part in which changes travel, default 64 KB. With the transport's buffer of as much again it bounds what a connection holds.</summary>
    public int MaxBatchBytes { get; set; } = 64 * 1024;

    /// <summary>How often rights are looked at again while screens are connected, default 2 s.</summary>
    public TimeSpan RightsInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most feeds of one connection, default 256: a wallboard of 100 stations has 200.</summary>
    public int MaxSubscriptions { get; set; } = 256;

    /// <summary>Most connections of one account at this node, default 100.</summary>
    public int MaxConnectionsPerAccount { get; set; } = 100;

    /// <summary>Most connections at this node in all, default 20,000.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>How many connections one account may open at once, default 60; then as many a second as <see cref="SessionsPerSecond"/>.</summary>
    public int SessionBurst { get; set; } = 60;

    /// <summary>How many connections one account may open a second in the long run, default 5.</summary>
    public int SessionsPerSecond { get; set; } = 5;

    /// <summary>
    /// How many calls one connection may make at once, default 600; then as many a second as <see cref="CallsPerSecond"/>. Who is refused more often than
    /// that as well is closed.
    /// </summary>
    public int CallBurst { get; set; } = 600;

    /// <summary>How many calls one connection may make a second in the long run, default 60.</summary>
    public int CallsPerSecond { get; set; } = 60;

    /// <summary>Largest message a client may send, default 32 KB.</summary>
    public int MaxMessageBytes { get; set; } = 32 * 1024;

    /// <summary>How long a client may take to introduce itself, default 5 s.</summary>
    public TimeSpan HandshakeWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a client may be silent, pings included, before it is taken for gone, default 30 s; at least twice its ping interval.</summary>
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What cannot work in these settings; null where all can.</summary>
    public string? FindFault()
    {
        (string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)[] times =
        [
            (nameof(FlushInterval), FlushInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)),
            (nameof(PositionFlushInterval), PositionFlushInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(60)),
            (nameof(LongPoll), LongPoll, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3)),
            (nameof(AnswerWithin), AnswerWithin, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)),
            (nameof(StaleAfter), StaleAfter, LongPoll + AnswerWithin, TimeSpan.FromMinutes(5)),
            (nameof(LingerAfterLast), LingerAfterLast, TimeSpan.Zero, TimeSpan.FromHours(1)),
            (nameof(StalledAfter), StalledAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
            (nameof(RightsInterval), RightsInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            (nameof(HandshakeWithin), HandshakeWithin, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            (nameof(SilentAfter), SilentAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        ];
        (string Name, int Value)[] counts =
        [
            (nameof(MaxSubscriptions), MaxSubscriptions), (nameof(MaxConnectionsPerAccount), MaxConnectionsPerAccount), (nameof(MaxConnections), MaxConnections),
            (nameof(SessionBurst), SessionBurst), (nameof(SessionsPerSecond), SessionsPerSecond), (nameof(CallBurst), CallBurst),
            (nameof(CallsPerSecond), CallsPerSecond), (nameof(MaxMessageBytes), MaxMessageBytes), (nameof(MaxBatchBytes), MaxBatchBytes),
        ];
        foreach (var (name, value, least, most) in times)
        {
            if (value < least || value > most)
            {
                return $"{name} is {least} to {most}, not {value}.";
            }
        }

        return counts.FirstOrDefault(x => x.Value < 1) is { Name: { } wrong } ? $"{wrong} is at least 1." : null;
    }
}
