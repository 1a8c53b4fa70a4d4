using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>Something that is asked of a whistle.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(BlowWhistle), "blow")]
[JsonDerivedType(typeof(AcknowledgeWhistle), "acknowledge")]
[JsonDerivedType(typeof(ArriveAtWhistle), "arrive")]
[JsonDerivedType(typeof(LeaveWhistle), "leave")]
[JsonDerivedType(typeof(ExcuseFromWhistle), "excuse")]
[JsonDerivedType(typeof(CloseWhistle), "close")]
[GenerateSerializer, Immutable, Alias("dispatch.whistle-command")]
public abstract record WhistleCommand
{
    /// <summary>That the sender has seen that the text looks as if it held somebody's number, and means it as it is.</summary>
    [Id(0)]
    public bool TextConfirmed { get; init; }
}

/// <summary>What a called department says or does, or somebody records who was told it or saw it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.department-word")]
public abstract record DepartmentWord : WhistleCommand
{
    /// <summary>Which department; a partner's own account speaks for itself and leaves it out.</summary>
    [Id(0)]
    public string? PartnerId { get; init; }

    /// <summary>Whether somebody else records it; known to who receives the command, never said by the sender.</summary>
    [Id(1), JsonIgnore]
    public bool OnBehalf { get; init; }
}

/// <summary>Calls departments to a place.</summary>
/// <param name="CommunityId">Where.</param>
/// <param name="Place">Name of a public place, 1 to 200 characters.</param>
/// <param name="Purpose">What for, 1 to 1,000 characters, without protected fields.</param>
/// <param name="PartnerIds">Who is called, 1 to 10: active, there for the community, and of a kind that answers a whistle.</param>
[GenerateSerializer, Immutable, Alias("dispatch.blow-whistle")]
public sealed record BlowWhistle(string CommunityId, string Place, string Purpose, ImmutableArray<string> PartnerIds) : WhistleCommand
{
    /// <summary>Most departments of one whistle.</summary>
    public const int MostDepartments = 10;

    /// <summary>Where it is; kept rounded to some 100 m.</summary>
    [Id(4)]
    public GeoPoint? Location { get; init; }

    /// <summary>Until when they are to be there, at most 30 days ahead; by the pack's clock where absent.</summary>
    [Id(5)]
    public DateTimeOffset? ArriveBy { get; init; }
}

/// <summary>The department has heard it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.acknowledge-whistle")]
public sealed record AcknowledgeWhistle : DepartmentWord;

/// <summary>The department is there.</summary>
/// <param name="Role">Who came, by post and not by name, 1 to 100 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.arrive-at-whistle")]
public sealed record ArriveAtWhistle(string Role) : DepartmentWord
{
    /// <summary>When, since the whistle was blown; now where absent.</summary>
    [Id(1)]
    public DateTimeOffset? At { get; init; }
}

/// <summary>The department has left.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.leave-whistle")]
public sealed record LeaveWhistle : DepartmentWord
{
    /// <summary>What it did there, at most 1,000 characters.</summary>
    [Id(0)]
    public string? Result { get; init; }

    /// <summary>When, since it came; now where absent.</summary>
    [Id(1)]
    public DateTimeOffset? At { get; init; }
}

/// <summary>The department does not come.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.excuse-from-whistle")]
public sealed record ExcuseFromWhistle(string Reason) : DepartmentWord;

/// <summary>It is over. By who blew it, their pair or a supervisor.</summary>
/// <param name="Outcome">What came of it, 1 to 1,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.close-whistle")]
public sealed record CloseWhistle(string Outcome) : WhistleCommand;

/// <summary>A whistle. Key: its id.</summary>
[Alias("dispatch.whistle")]
public interface IWhistleGrain : IMatterGrain<WhistleCommand, WhistleView>;
