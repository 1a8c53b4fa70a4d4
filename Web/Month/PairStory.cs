using System.Globalization;
using Dispatch.Packs;

namespace Dispatch.Month;

/// <summary>The pair itself: its agreement, a day on which it is taken from its community, and a member who is away for a while and hands over.</summary>
public static class PairStory
{
    /// <summary>Day of the month from which the red flower is away.</summary>
    public const int AwayOn = 14;

    /// <summary>Day of the month on which the red flower comes back.</summary>
    public const int BackOn = 24;

    private const string TimePassed = "pairTimePassed";

    private static readonly string[] Skills = ["technology"];

    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("pairs");
        if (!b.Cast.PairIsLive)
        {
            Taken(b);
            HandOver(b);
        }

        var from = WorkCalendar.DayOf(b.At(0, 0));
        b.Do(b.At(26, 9), b.Leaf, $"pairs/{b.Cast.PairId}/agreement", Agreement(from), refused: "forbidden");
        b.Do(b.At(26, 10), MonthActor.Supervisor, $"pairs/{b.Cast.PairId}/agreement", Agreement(from) with { To = from }, refused: "valueOutOfRange");
        b.Do(b.At(26, 11), MonthActor.Supervisor, $"pairs/{b.Cast.PairId}/agreement", Agreement(from));
    }

    private static AgreementWords Agreement(DateOnly from) =>
        new(from, from.AddYears(1), "每周走访不少于四十户，关切七十二小时内答复，带教一项群众工作和一项技术应用", from);

    /// <summary>A day of duty of which the afternoon goes to others.</summary>
    private static void Taken(MonthBuilder b)
    {
        var pair = $"pairs/{b.Cast.PairId}";
        Past(b, b.Do(b.At(13, 8), b.Leaf, $"{pair}/sign-on", new { officerIds = new[] { b.Cast.GreenLeaf, b.Cast.RedFlower } }), "pairAlreadyOnDuty");
        Past(b, b.Do(b.At(13, 13), MonthActor.Supervisor, $"{pair}/take", new { by = "刑侦大队", reason = "办案抽调", until = b.At(13, 18) }), "pairAlreadyTaken");
        Past(b, b.Do(b.At(13, 17), MonthActor.Supervisor, $"{pair}/give-back"));
        Past(b, b.Do(b.At(13, 18), b.Leaf, $"{pair}/sign-off"), "pairNotOnDuty");
    }

    private static void Past(MonthBuilder b, MonthStep step, params string[] codes) => b.MayBe(step, [.. codes, TimePassed]);

    /// <summary>The red flower goes away and comes back; the bureau opens a sheet each time, by itself and thus now.</summary>
    private static void HandOver(MonthBuilder b)
    {
        var stand = $"{b.Cast.RedFlower}-{b.At(0, 0).ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        var officer = new { id = stand, name = "顶岗民警", role = "redFlower", skills = Skills };
        Substitute(b, "away", b.At(AwayOn, 9), $"incoming/id={stand}", new { reason = "参加业务培训", outOfficerId = b.Cast.RedFlower, officer });
        Substitute(b, "back", b.At(BackOn, 9), $"outgoing/id={stand}", new { reason = "培训结束返岗", outOfficerId = stand, inOfficerId = b.Cast.RedFlower });
    }

    private static void Substitute(MonthBuilder b, string sheet, DateTimeOffset at, string which, object substitution)
    {
        b.MayBe(
            b.Make($"{sheet}Pair", at, MonthActor.Supervisor, $"pairs/{b.Cast.PairId}/substitute", substitution, "pair.id"), "pairOnDuty", "pairNotEmpty");
        b.AsNow(b.Read(sheet, at.AddMinutes(1), MonthActor.Supervisor, $"pairs/{{{sheet}Pair}}/handover-sheets", $"{which}.id"));
        b.AsNow(b.Do(at.AddMinutes(2), MonthActor.Supervisor, $"handover-sheets/{{{sheet}}}/items", new { text = "待办走访名单和钥匙" }));
        b.AsNow(b.Do(at.AddMinutes(3), MonthActor.Supervisor, $"handover-sheets/{{{sheet}}}/close", refused: "handoverUnfinished"));
        b.AsNow(b.Do(at.AddMinutes(4), MonthActor.Supervisor, $"handover-sheets/{{{sheet}}}/close", new { reason = "当面交接完毕，纸质清单已签" }));
    }

    private sealed record AgreementWords(DateOnly From, DateOnly To, string Goals, DateOnly SignedOn);
}
