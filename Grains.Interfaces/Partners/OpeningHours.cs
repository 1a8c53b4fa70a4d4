using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Packs;

namespace Dispatch.Partners;

/// <summary>A day of the week.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Weekday>))]
public enum Weekday
{
    /// <summary>星期日. The first, as the platform counts.</summary>
    Sunday,

    /// <summary>星期一.</summary>
    Monday,

    /// <summary>星期二.</summary>
    Tuesday,

    /// <summary>星期三.</summary>
    Wednesday,

    /// <summary>星期四.</summary>
    Thursday,

    /// <summary>星期五.</summary>
    Friday,

    /// <summary>星期六.</summary>
    Saturday,
}

/// <summary>When a partner is there each week.</summary>
/// <param name="Day">The day.</param>
/// <param name="From">From when on, China Standard Time.</param>
/// <param name="To">Until when; midnight is the end of the day.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-time")]
public sealed record OpenTime(Weekday Day, TimeOnly From, TimeOnly To);

/// <summary>A day on which other hours count than each week; one without times is closed.</summary>
/// <param name="On">The day.</param>
/// <param name="From">From when on; null where closed.</param>
/// <param name="To">Until when; null where closed.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-exception")]
public sealed record OpenException(DateOnly On, TimeOnly? From = null, TimeOnly? To = null);

/// <summary>Working or opening hours, in China Standard Time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.opening-hours")]
public sealed record OpeningHours
{
    /// <summary>Most times of a week: three a day.</summary>
    public const int MostTimes = 21;

    /// <summary>Most exceptions: the holidays of two years.</summary>
    public const int MostExceptions = 60;

    /// <summary>Each week, at most <see cref="MostTimes"/>.</summary>
    [Id(0)]
    public ImmutableArray<OpenTime> Weekly { get; init; } = [];

    /// <summary>Days with other hours, at most <see cref="MostExceptions"/>; several of one day are its several times.</summary>
    [Id(1)]
    public ImmutableArray<OpenException> Exceptions { get; init; } = [];

    /// <summary>Whether somebody is there at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset moment)
    {
        var local = moment.ToOffset(WorkCalendar.Zone);
        var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        var ofDay = Exceptions.Where(x => x.On == day).ToArray();
        return ofDay.Length > 0
            ? ofDay.Any(x => x is { From: { } from, To: { } to } && Holds(from, to, time))
            : Weekly.Any(x => (int)x.Day == (int)day.DayOfWeek && Holds(x.From, x.To, time));
    }

    /// <summary>What cannot be; null where all is well.</summary>
    /// <param name="field">Where they stand in the command.</param>
    public Refusal? WhyNot(string field) =>
        Weekly.Length > MostTimes ? OutOfRange($"{field}.weekly", $"At most {MostTimes} times a week.")
        : Exceptions.Length > MostExceptions ? OutOfRange($"{field}.exceptions", $"At most {MostExceptions} exceptions.")
        : Weekly.Any(x => !CanBe(x.From, x.To)) ? OutOfRange($"{field}.weekly", "Each time ends after it began; 00:00 is the end of the day.")
        : Exceptions.Any(x => x.From is null != x.To is null || (x is { From: { } from, To: { } to } && !CanBe(from, to)))
            ? OutOfRange($"{field}.exceptions", "An exception has both times, of which the second is later, or none.")
        : null;

    private static bool CanBe(TimeOnly from, TimeOnly to) => from < to || to == TimeOnly.MinValue;

    private static bool Holds(TimeOnly from, TimeOnly to, TimeOnly time) => from <= time && (time < to || to == TimeOnly.MinValue);

    private static Refusal OutOfRange(string field, string message) => Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, message);
}
