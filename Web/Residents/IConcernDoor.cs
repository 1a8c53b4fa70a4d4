using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>From where a request of residents comes.</summary>
public enum RequestChannel
{
    /// <summary>The residents' page.</summary>
    Page,

    /// <summary>An Open311 client.</summary>
    Open311,

    /// <summary>A tip that became a concern.</summary>
    Tip,
}

/// <summary>What residents ask for: it becomes a concern.</summary>
/// <param name="Channel">From where.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Category">Code of a concern category of the model pack.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Description">At most 2,000 characters.</param>
public sealed record ResidentRequest(RequestChannel Channel, string CommunityId, string Category, string Title, string? Description)
{
    /// <summary>Name of a public place, at most 200 characters.</summary>
    public string? PlaceName { get; init; }

    /// <summary>Where.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>Who asks and how they are reached, where they want to be; sealed, never returned.</summary>
    public ProtectedPerson? Reporter { get; init; }

    /// <summary>That the sender means the texts as they are.</summary>
    public bool TextConfirmed { get; init; }
}

/// <summary>A request as everybody may see it: no free words but the answers and the name of a public place, no protected field.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Category">Code of its category.</param>
/// <param name="Status">Where it stands, in the words of concerns.</param>
/// <param name="IsOpen">Whether there is still something to do.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="UpdatedAt">When residents could last see a change; the closing where it is closed.</param>
/// <param name="DueAt">When an answer is due.</param>
/// <param name="Answers">The answers, oldest first.</param>
public sealed record PublicRequest(
    string Id, string Number, string CommunityId, string Category, string Status, bool IsOpen, DateTimeOffset RaisedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt, ImmutableArray<PublicRequestAnswer> Answers)
{
    /// <summary>Name of a public place.</summary>
    public string? PlaceName { get; init; }

    /// <summary>Where, rounded to some 100 m.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>办结: when the police closed it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Whether the resident has said of this closing whether it is solved.</summary>
    public bool ResidentHasSpoken { get; init; }
}

/// <summary>An answer as residents read it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="At">When it was given.</param>
public sealed record PublicRequestAnswer(string Text, DateTimeOffset At);

/// <summary>What a resident says of a request that the police closed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Solved>))]
public enum Solved
{
    /// <summary>It is solved.</summary>
    Yes,

    /// <summary>It is solved in part.</summary>
    Partly,

    /// <summary>It is not solved.</summary>
    No,
}

/// <summary>Which requests are listed; null means any.</summary>
/// <param name="From">Raised from this moment on.</param>
/// <param name="Before">Raised before this moment.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record RequestQuery(DateTimeOffset From, DateTimeOffset Before, int Limit)
{
    /// <summary>Categories.</summary>
    public IReadOnlyCollection<string>? Categories { get; init; }

    /// <summary>Open or closed ones.</summary>
    public bool? IsOpen { get; init; }
}

/// <summary>The way of residents to concerns: what they may raise, see and say.</summary>
public interface IConcernDoor
{
    /// <summary>Raises a concern. The retry of the same command finds the same one.</summary>
    Task<Answer<PublicRequest>> RaiseAsync(CommandContext context, ResidentRequest request);

    /// <summary>A request by its id or its number for people; null where there is none.</summary>
    Task<PublicRequest?> FindAsync(string idOrNumber, CancellationToken cancellationToken);

    /// <summary>Requests that residents raised themselves, newest first.</summary>
    Task<IReadOnlyList<PublicRequest>> ListAsync(RequestQuery query, CancellationToken cancellationToken);

    /// <summary>What the resident who raised it says of its closing.</summary>
    /// <param name="context">The command.</param>
    /// <param name="id">The request.</param>
    /// <param name="solved">Whether it is solved.</param>
    /// <param name="words">At most 400 characters.</param>
    /// <param name="textConfirmed">That the sender means the words as they are.</param>
    Task<Answer<PublicRequest>> SayAsync(CommandContext context, string id, Solved solved, string? words, bool textConfirmed);
}
