using Dispatch.Communities;

namespace Dispatch.Month;

/// <summary>What a pair does day by day: most of it visits, fewer at weekends.</summary>
public static class DailyStory
{
    /// <summary>Name of the room.</summary>
    public const string Room = "interactions";

    /// <summary>Name of the room of the last step of all.</summary>
    public const string LastRoom = "end";

    private const int PersonEvery = 15;

    private static readonly (InteractionKind Kind, int Share)[] Kinds =
    [
        (InteractionKind.Visit, 46), (InteractionKind.Request, 18), (InteractionKind.Meeting, 9), (InteractionKind.Complaint, 9),
        (InteractionKind.MediationSession, 8), (InteractionKind.Tip, 5), (InteractionKind.Warning, 5),
    ];

    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b, int perDay)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About(Room);
        b.Do(b.At(0, 7), b.Leaf, $"{b.Community}/interactions", new { kind = InteractionKind.Visit, text = "本月第一次走访：与社区干部见面，核对走访计划", participants = 3 });
        var number = 0;
        for (var day = 0; day < MonthBuilder.Days; day++)
        {
            var count = (int)Math.Round(perDay * ShareOf(b.At(day, 12).ToOffset(TimeSpan.FromHours(8)).DayOfWeek) * (0.85 + (0.3 * b.Dice.Next())));
            for (var i = 0; i < count; i++)
            {
                var kind = Kind(b);
                Record(b, b.At(day, 8.2 + (b.Dice.Next() * 12.5)), kind, b.Pick(MonthTexts.Of[kind]), withPerson: ++number % PersonEvery == 0);
            }
        }

        TakeBack(b);
        b.About(LastRoom).Do(
            b.At(MonthBuilder.Days - 1, 23), b.Leaf, $"{b.Community}/interactions", new { kind = InteractionKind.Meeting, text = "与社区干部小结本月工作", participants = 4 });
    }

    private static double ShareOf(DayOfWeek day) => day switch
    {
        DayOfWeek.Saturday => 0.7,
        DayOfWeek.Sunday => 0.5,
        DayOfWeek.Monday => 1.2,
        _ => 1.1,
    };

    private static InteractionKind Kind(MonthBuilder b)
    {
        var left = b.Dice.Below(Kinds.Sum(x => x.Share));
        return Kinds.First(x => (left -= x.Share) < 0).Kind;
    }

    private static void Record(MonthBuilder b, DateTimeOffset at, InteractionKind kind, string text, bool withPerson = false) =>
        b.Do(at, b.Dice.Below(2) == 0 ? b.Leaf : b.Flower, $"{b.Community}/interactions", new
        {
            kind,
            text,
            participants = kind == InteractionKind.Meeting ? 12 + b.Dice.Below(40) : 1 + b.Dice.Below(3),
            minutes = 10 + (5 * b.Dice.Below(10)),
            place = b.Pick(MonthTexts.Places),
            location = Near(b),
            channel = kind is InteractionKind.Request or InteractionKind.Tip ? b.Pick(b.Pack.Channels).Code : null,
            person = withPerson ? new { name = "居民（化名）", note = "愿意再谈" } : null,
            personRole = withPerson ? "resident" : null,
        });

    /// <summary>What a pair gets wrong: one recorded twice and taken back, one told too late.</summary>
    private static void TakeBack(MonthBuilder b)
    {
        var twice = b.At(3, 21.5);
        b.Make("twice", twice, b.Leaf, $"{b.Community}/interactions", new { kind = InteractionKind.Visit, text = "重复录入的走访", participants = 1 });
        b.Do(twice.AddMinutes(2), b.Leaf, $"{b.Community}/interactions/{{twice}}/withdraw", new { reason = "重复录入" });
        b.Make("spoken", b.At(9, 21.5), b.Flower, $"{b.Community}/interactions", new
        {
            kind = InteractionKind.Visit, text = "走访独居老人，老人愿意留下联系人", participants = 1, person = new { name = "老人（化名）", birthYear = 1945 }, personRole = "resident",
        });
        b.Do(
            b.At(20, 21.5), b.Flower, $"{b.Community}/interactions", new { kind = InteractionKind.Visit, text = "补录", at = b.At(9, 10) }, refused: "valueOutOfRange");
        b.Do(b.At(20, 21.6), b.Flower, $"{b.Community}/interactions", new { kind = InteractionKind.Visit, text = "补录昨天离线的走访", participants = 2, at = b.At(19, 16) });
    }

    private static object Near(MonthBuilder b) => new { lat = b.Cast.Centre.Lat + (b.Dice.NextSigned() * 0.008), lon = b.Cast.Centre.Lon + (b.Dice.NextSigned() * 0.008) };
}
