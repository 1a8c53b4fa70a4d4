using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>Something that happened in a team of volunteers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VolunteerApplied), "volunteerApplied")]
[JsonDerivedType(typeof(VolunteerChecked), "volunteerChecked")]
[JsonDerivedType(typeof(VolunteerTrained), "volunteerTrained")]
[JsonDerivedType(typeof(VolunteerRefused), "volunteerRefused")]
[JsonDerivedType(typeof(VolunteerLeft), "volunteerLeft")]
[JsonDerivedType(typeof(PatrolSignedIn), "patrolSignedIn")]
[JsonDerivedType(typeof(PatrolSignedOut), "patrolSignedOut")]
public abstract record VolunteerEvent;

/// <summary>Somebody wants to be a volunteer.</summary>
public sealed record VolunteerApplied(string VolunteerId, string? CodeName, SealedPerson? Person) : VolunteerEvent;

/// <summary>A volunteer was looked into and can be trained.</summary>
public sealed record VolunteerChecked(string VolunteerId) : VolunteerEvent;

/// <summary>A volunteer was trained.</summary>
public sealed record VolunteerTrained(string VolunteerId) : VolunteerEvent;

/// <summary>A volunteer was not taken.</summary>
public sealed record VolunteerRefused(string VolunteerId, string Reason) : VolunteerEvent;

/// <summary>A volunteer left for good.</summary>
public sealed record VolunteerLeft(string VolunteerId) : VolunteerEvent;

/// <summary>Volunteers went on patrol.</summary>
public sealed record PatrolSignedIn(ImmutableArray<string> VolunteerIds) : VolunteerEvent;

/// <summary>Volunteers came back.</summary>
/// <param name="VolunteerIds">Who.</param>
/// <param name="Minutes">Minutes on patrol of all of them together.</param>
public sealed record PatrolSignedOut(ImmutableArray<string> VolunteerIds, int Minutes) : VolunteerEvent;

/// <summary>A volunteer with what is sealed.</summary>
public sealed record Volunteer(VolunteerView View, SealedPerson? Person)
{
    /// <summary>Whether the volunteer still is or wants to be one.</summary>
    [JsonIgnore]
    public bool IsOfTeam => View.Status is not (VolunteerStatus.Left or VolunteerStatus.Refused);

    /// <summary>When the volunteer came to where he stands.</summary>
    [JsonIgnore]
    public DateTimeOffset Since => View.Steps.First(x => x.Status == View.Status).At;
}

/// <summary>A team of volunteers.</summary>
/// <param name="Volunteers">Oldest first.</param>
/// <param name="Months">What it did, oldest first.</param>
public sealed record VolunteerTeamState(ImmutableArray<Volunteer> Volunteers, ImmutableArray<TeamMonth> Months)
{
    /// <summary>Most volunteers of one team, those who want to be included.</summary>
    public const int Most = 100;

    private const int MostGone = 50;
    private const int MostMonths = 24;

    /// <summary>A volunteer; null where there is none.</summary>
    public Volunteer? Find(string id) => Volunteers.FirstOrDefault(x => x.View.Id == id);

    /// <summary>The state after one more event.</summary>
    public static VolunteerTeamState Apply(VolunteerTeamState? state, Recorded<VolunteerEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var s = state ?? new VolunteerTeamState([], []);
        return recorded.Event switch
        {
            VolunteerApplied e => s with { Volunteers = s.Volunteers.Add(Applied(e, recorded)) },
            VolunteerChecked e => s.Step([e.VolunteerId], VolunteerStatus.Checked, recorded),
            VolunteerTrained e => s.Step([e.VolunteerId], VolunteerStatus.Trained, recorded),
            VolunteerRefused e => s.Step([e.VolunteerId], VolunteerStatus.Refused, recorded, e.Reason).Forget(),
            VolunteerLeft e => s.Step([e.VolunteerId], VolunteerStatus.Left, recorded).Forget(),
            PatrolSignedIn e => s.Step(e.VolunteerIds, VolunteerStatus.OnDuty, recorded).Count(recorded.At, 1, 0),
            PatrolSignedOut e => s.Step(e.VolunteerIds, VolunteerStatus.OffDuty, recorded).Count(recorded.At, 0, e.Minutes),
            _ => throw new InvalidOperationException($"A team of volunteers does not know the event {recorded.Event.GetType().Name}."),
        };
    }

    private static Volunteer Applied(VolunteerApplied e, Recorded<VolunteerEvent> recorded) => new(
        new VolunteerView(
            e.VolunteerId, e.CodeName, e.Person?.View(), VolunteerStatus.Applied, [new VolunteerStep(VolunteerStatus.Applied, recorded.At, recorded.By.Name)]),
        e.Person);

    private VolunteerTeamState Step(ImmutableArray<string> ids, VolunteerStatus status, Recorded<VolunteerEvent> recorded, string? reason = null) => this with
    {
        Volunteers =
        [
            .. Volunteers.Select(x => !ids.Contains(x.View.Id) ? x : x with
            {
                View = x.View with
                {
                    Status = status,
                    Steps = [.. x.View.Steps.Where(y => y.Status != status), new VolunteerStep(status, recorded.At, recorded.By.Name)],
                    Reason = reason,
                },
            }),
        ],
    };

    /// <summary>Keeps the last of those who are gone; the journal has all.</summary>
    private VolunteerTeamState Forget()
    {
        var gone = Volunteers.Where(x => !x.IsOfTeam).OrderBy(x => x.Since).ToArray();
        return gone.Length <= MostGone ? this : this with { Volunteers = Volunteers.RemoveRange(gone.Take(gone.Length - MostGone)) };
    }

    private VolunteerTeamState Count(DateTimeOffset at, int outings, int minutes)
    {
        var month = WorkCalendar.DayOf(at).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var known = Months.FirstOrDefault(x => x.Month == month) ?? new TeamMonth(month, 0, 0);
        var next = known with { Outings = known.Outings + outings, Minutes = known.Minutes + minutes };
        return this with { Months = [.. Months.Where(x => x.Month != month).Append(next).TakeLast(MostMonths)] };
    }
}
