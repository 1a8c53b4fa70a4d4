using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Dispatch.Month;

/// <summary>One request of a month's data set.</summary>
/// <param name="Key">Idempotency key; the same for the same seed, community and place in the story, whenever the month is played.</param>
/// <param name="At">When it counts as given.</param>
/// <param name="Room">The room of the product that it is about, for the report.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Path">Path below <c>/api/v1</c>; <c>{name}</c> stands for an id that an earlier answer gave.</param>
/// <param name="Body">The body, with such names in its texts; null where something is read.</param>
public sealed record MonthStep(string Key, DateTimeOffset At, string Room, MonthActor Actor, string Path, JsonObject? Body)
{
    /// <summary>
    /// What later steps name of the answer: by the name, where it is; names with points between, <c>-1</c> for the last of a list, <c>name=value</c> for the last of
    /// a list that has it so, <c>list/name=value</c> for the last of which the first of a list has it so.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Ids { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The code with which the server must refuse it; null where it must be done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refused { get; init; }

    /// <summary>
    /// Codes with which it may be refused instead, because live work goes on beside the month: a pair on duty now cannot be told what it did weeks ago. Steps that
    /// build on it are then left out.
    /// </summary>
    public ImmutableArray<string> MayBe { get; init; } = [];

    /// <summary>Whether it is about now whatever it tells of: what the bureau does by itself, it does now.</summary>
    public bool Now { get; init; }
}

/// <summary>Who gives a step.</summary>
/// <param name="Role">As what.</param>
/// <param name="Id">Of an officer: which; of a partner: the name of the step that took it up.</param>
public sealed record MonthActor(MonthRole Role, string? Id = null)
{
    /// <summary>The supervisor of the station.</summary>
    public static readonly MonthActor Supervisor = new(MonthRole.Supervisor);

    /// <summary>A resident.</summary>
    public static readonly MonthActor Resident = new(MonthRole.Resident);

    /// <summary>Oversight.</summary>
    public static readonly MonthActor Oversight = new(MonthRole.Oversight);

    /// <summary>A partner.</summary>
    public static MonthActor Partner(string name) => new(MonthRole.Partner, name);
}

/// <summary>As what somebody gives a step.</summary>
[JsonConverter(typeof(Commands.CamelCaseEnumConverter<MonthRole>))]
public enum MonthRole
{
    /// <summary>An officer of the pair.</summary>
    Officer,

    /// <summary>A supervisor of the station.</summary>
    Supervisor,

    /// <summary>A partner's own account; where it has none, an officer on its behalf.</summary>
    Partner,

    /// <summary>A resident, who has no account.</summary>
    Resident,

    /// <summary>Whoever complaints about the police go to; where nobody is known as that, the step is left out.</summary>
    Oversight,
}

/// <summary>How a matter of the month stands at its end.</summary>
/// <param name="Name">The name of the step that opened it.</param>
/// <param name="Kind">Its kind's name in URLs, such as <c>concern</c>.</param>
/// <param name="Category">Its category or kind; null where it has none.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="IsOpen">Whether it is open.</param>
public sealed record MonthMatter(string Name, string Kind, string? Category, string Status, bool IsOpen)
{
    /// <summary>Whether a clock of it is over at the end of the month.</summary>
    public bool Overdue { get; init; }

    /// <summary>How its first clock was kept: <c>within</c>, <c>late</c>, <c>running</c> or <c>overdue</c>; null where it has none.</summary>
    public string? FirstClock { get; init; }

    /// <summary>Of a dispute: what the question "closed locally" is answered with.</summary>
    public string? ClosedLocally { get; init; }

    /// <summary>Queues of its kind in which it is.</summary>
    public ImmutableArray<string> Queues { get; init; } = [];
}

/// <summary>A community's month: its steps in order, and how its matters stand after them.</summary>
/// <param name="From">Midnight of its first day, at UTC+8.</param>
/// <param name="Steps">In the order in which they are given.</param>
/// <param name="Matters">Every matter that was opened.</param>
public sealed record MonthPlan(DateTimeOffset From, ImmutableArray<MonthStep> Steps, ImmutableArray<MonthMatter> Matters);
