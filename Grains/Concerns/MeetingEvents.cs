using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Concerns;

/// <summary>Something that happened to a meeting.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MeetingAnnounced), "meetingAnnounced")]
[JsonDerivedType(typeof(MeetingRevised), "meetingRevised")]
[JsonDerivedType(typeof(MeetingHeld), "meetingHeld")]
[JsonDerivedType(typeof(IssueRaised), "issueRaised")]
[JsonDerivedType(typeof(IssueResolved), "issueResolved")]
[JsonDerivedType(typeof(MinutesWritten), "minutesWritten")]
[JsonDerivedType(typeof(MeetingPublished), "meetingPublished")]
[JsonDerivedType(typeof(MeetingCancelled), "meetingCancelled")]
public abstract record MeetingEvent;

/// <summary>It was announced.</summary>
public sealed record MeetingAnnounced(MeetingView Meeting) : MeetingEvent;

/// <summary>Time, place or agenda changed.</summary>
public sealed record MeetingRevised(DateTimeOffset PlannedFor, string Place, ImmutableArray<string> Agenda) : MeetingEvent;

/// <summary>It took place.</summary>
public sealed record MeetingHeld(int Participants) : MeetingEvent;

/// <summary>Residents brought something up.</summary>
public sealed record IssueRaised(MeetingIssue Issue) : MeetingEvent;

/// <summary>What became of an issue.</summary>
public sealed record IssueResolved(MeetingIssue Issue) : MeetingEvent;

/// <summary>The minutes were written.</summary>
public sealed record MinutesWritten(string Text) : MeetingEvent;

/// <summary>The minutes were published.</summary>
public sealed record MeetingPublished : MeetingEvent;

/// <summary>It does not take place.</summary>
public sealed record MeetingCancelled(string Reason) : MeetingEvent;
