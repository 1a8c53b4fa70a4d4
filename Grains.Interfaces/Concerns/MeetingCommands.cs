using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Concerns;

/// <summary>Something that is asked of a meeting.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(AnnounceMeeting), "announce")]
[JsonDerivedType(typeof(ReviseMeeting), "revise")]
[JsonDerivedType(typeof(HoldMeeting), "hold")]
[JsonDerivedType(typeof(RaiseIssue), "issue")]
[JsonDerivedType(typeof(ResolveIssue), "resolve")]
[JsonDerivedType(typeof(WriteMinutes), "minutes")]
[JsonDerivedType(typeof(PublishMeeting), "publish")]
[JsonDerivedType(typeof(CancelMeeting), "cancel")]
[GenerateSerializer, Immutable, Alias("dispatch.meeting-command")]
public abstract record MeetingCommand
{
    /// <summary>That the sender has seen that a text looks as if it held an ID or phone number, and means it as it is.</summary>
    [Id(0)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Announces a meeting.</summary>
/// <param name="Kind">Code of a kind of meeting of the model pack.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="PlannedFor">When, from 30 days back (one that was forgotten) to one year ahead.</param>
/// <param name="Place">Name of a public place, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.announce-meeting")]
public sealed record AnnounceMeeting(string Kind, string Title, DateTimeOffset PlannedFor, string Place) : MeetingCommand
{
    /// <summary>The community; over HTTP that of the address.</summary>
    [Id(4)]
    public string CommunityId { get; init; } = string.Empty;

    /// <summary>At most 20 items of 1 to 200 characters.</summary>
    [Id(5)]
    public ImmutableArray<string> Agenda { get; init; } = [];

    /// <summary>The pair that holds it; over HTTP the sender's own where absent.</summary>
    [Id(6)]
    public string? PairId { get; init; }
}

/// <summary>Changes time, place or agenda of a meeting that was not held yet.</summary>
/// <param name="PlannedFor">When; as it was where absent.</param>
/// <param name="Place">Where; as it was where absent.</param>
/// <param name="Agenda">What about; as it was where absent.</param>
[GenerateSerializer, Immutable, Alias("dispatch.revise-meeting")]
public sealed record ReviseMeeting(DateTimeOffset? PlannedFor = null, string? Place = null, ImmutableArray<string>? Agenda = null) : MeetingCommand;

/// <summary>It took place.</summary>
/// <param name="Participants">How many residents came, 0 to 100,000; nobody is named.</param>
[GenerateSerializer, Immutable, Alias("dispatch.hold-meeting")]
public sealed record HoldMeeting(int Participants) : MeetingCommand;

/// <summary>Residents brought something up; once it was held, until it is published, at most 30.</summary>
/// <param name="Text">1 to 300 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.raise-issue")]
public sealed record RaiseIssue(string Text) : MeetingCommand;

/// <summary>Says what became of an issue; the last word counts, until the minutes are published.</summary>
/// <param name="IssueId">Which.</param>
/// <param name="Became">What became of it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.resolve-issue")]
public sealed record ResolveIssue(string IssueId, IssueBecame Became) : MeetingCommand
{
    /// <summary>The concern or dispute of the station that it became; needed for those two.</summary>
    [Id(2)]
    public string? MatterId { get; init; }

    /// <summary>The department that was asked, at most 100 characters; needed for that.</summary>
    [Id(3)]
    public string? Department { get; init; }

    /// <summary>What was answered or asked, at most 500 characters; needed for an answer on the spot.</summary>
    [Id(4)]
    public string? Words { get; init; }
}

/// <summary>Writes the minutes, or writes them anew, until they are published.</summary>
/// <param name="Text">1 to 5,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.write-minutes")]
public sealed record WriteMinutes(string Text) : MeetingCommand;

/// <summary>Publishes the minutes and what became of the issues; every issue must have become something, be it nothing.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.publish-meeting")]
public sealed record PublishMeeting : MeetingCommand;

/// <summary>It does not take place.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.cancel-meeting")]
public sealed record CancelMeeting(string Reason) : MeetingCommand;
