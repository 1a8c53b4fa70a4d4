using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>A meeting with residents: owns its agenda, its issues and its minutes. Key: the meeting's id.</summary>
[Alias("dispatch.meeting")]
public interface IMeetingGrain : IMatterGrain<MeetingCommand, MeetingView>;
