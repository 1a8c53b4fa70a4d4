namespace Dispatch.Live;

/// <summary>How screens are fed. Configured under <c>Live</c>.</summary>
public sealed class LiveOptions
{
    /// <summary>Shortest time between two reads of a feed from its grain: changes within it travel together. Default 50 ms, which nobody sees.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The same for feeds of positions, default 250 ms: the wall moves its marks four times a second and glides in between.</summary>
    public TimeSpan PositionFlushInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a read waits in the grain for a change, default 3 s; shorter than the response timeout of 5 s.</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a feed is kept after its last screen left, default 10 s: screens that come back find it warm.</summary>
    public TimeSpan LingerAfterLast { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one write to a screen may take before its connection is closed, default 20 s; until then it gets fewer, merged changes.</summary>
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Most feeds of one connection, default 256: a wallboard of 100 stations has 200.</summary>
    public int MaxSubscriptions { get; set; } = 256;

    /// <summary>Most connections of one account, default 100.</summary>
    public int MaxConnectionsPerAccount { get; set; } = 100;

    /// <summary>Largest message a client may send, default 32 KB.</summary>
    public int MaxMessageBytes { get; set; } = 32 * 1024;
}
