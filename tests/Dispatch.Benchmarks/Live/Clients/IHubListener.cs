namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>Hears what the hub says on one connection, one message after the other.</summary>
public interface IHubListener
{
    /// <summary>Takes a message.</summary>
    /// <param name="message">One message of SignalR's JSON protocol, without its end mark; good during the call only.</param>
    /// <param name="arrived">When it was read from the socket, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    void Take(ReadOnlySpan<byte> message, long arrived);
}
