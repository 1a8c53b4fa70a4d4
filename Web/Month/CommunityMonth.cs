using System.Globalization;
using Dispatch.Packs;

namespace Dispatch.Month;

/// <summary>
/// A community's month as it could have been: what a pair does in 30 days with its residents and partners, and every no that it hears. Invented, the same for the
/// same arguments; no name, number or address in it is anybody's.
/// </summary>
public static class CommunityMonth
{
    /// <summary>Makes it.</summary>
    /// <param name="seed">Seed of all that is left to chance.</param>
    /// <param name="cast">Where it plays, and who is there.</param>
    /// <param name="pack">The model by which the bureau works.</param>
    /// <param name="from">Midnight of its first day, at UTC+8.</param>
    /// <param name="perDay">Contacts with residents on a usual day, 1 to 200.</param>
    public static MonthPlan Of(int seed, MonthCast cast, ModelPack pack, DateTimeOffset from, int perDay)
    {
        ArgumentNullException.ThrowIfNull(cast);
        ArgumentNullException.ThrowIfNull(pack);
        var builder = new MonthBuilder(PrefixOf(seed, cast, perDay), seed, cast, pack, from);
        PartnerStory.Tell(builder);
        DailyStory.Tell(builder, perDay);
        PairStory.Tell(builder);
        ProblemStory.Tell(builder);
        ConcernStory.Tell(builder);
        DisputeStory.Tell(builder);
        MeetingStory.Tell(builder);
        ReferralStory.Tell(builder);
        WhistleStory.Tell(builder);
        VolunteerStory.Tell(builder);
        ResidentStory.Tell(builder);
        ProtectionStory.Tell(builder);
        return builder.Build();
    }

    /// <summary>How every key of such a month begins.</summary>
    public static string PrefixOf(int seed, MonthCast cast, int perDay)
    {
        ArgumentNullException.ThrowIfNull(cast);
        return string.Create(CultureInfo.InvariantCulture, $"month-{seed}-{perDay}-{cast.CommunityId}");
    }

    /// <summary>The key of its first contact: by its time it is known when a month began that was played before.</summary>
    public static string FirstKeyOf(int seed, MonthCast cast, int perDay) => $"{PrefixOf(seed, cast, perDay)}-{DailyStory.Room}-1";

    /// <summary>The key of its last contact, which is the last step of all.</summary>
    public static string LastKeyOf(int seed, MonthCast cast, int perDay) => $"{PrefixOf(seed, cast, perDay)}-{DailyStory.LastRoom}-1";

    /// <summary>Midnight, at UTC+8, of the first day of a month whose last whole day lies before a moment.</summary>
    public static DateTimeOffset BeginningBefore(DateTimeOffset until) =>
        new DateTimeOffset(WorkCalendar.DayOf(until), TimeOnly.MinValue, WorkCalendar.Zone).AddDays(-MonthBuilder.Days).ToUniversalTime();
}
