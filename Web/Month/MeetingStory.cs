namespace Dispatch.Month;

/// <summary>Two meetings with residents, each with an agenda, what was brought up and what became of it.</summary>
public static class MeetingStory
{
    private static readonly string[] FirstAgenda = ["东门停车", "夜间噪声", "路灯维修"];
    private static readonly string[] SecondAgenda = ["冬季防火", "防范诈骗"];

    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("meetings");
        var at = b.At(6, 10);
        var held = b.At(9, 19);
        b.Make("residentsMeeting", at, b.Leaf, $"{b.Community}/meetings", new
        {
            kind = b.Pack.MeetingKinds[0].Code, title = "本月居民议事会", plannedFor = held, place = "党群服务中心", agenda = FirstAgenda,
        });
        b.Do(at.AddHours(1), b.Leaf, "meetings/{residentsMeeting}/issues", new { text = "还没有开会" }, refused: "meetingNotHeld");
        b.Do(held.AddHours(1.5), b.Leaf, "meetings/{residentsMeeting}/hold", new { participants = 46 });
        Issue(b, "residentsMeeting", "1", held.AddHours(1.6), "东门停车什么时候解决", new { became = "concern", matterId = "{gate}" });
        Issue(b, "residentsMeeting", "2", held.AddHours(1.7), "燃气管道检修时间", new { became = "department", department = "燃气公司", words = "请其公告时间" });
        b.Do(held.AddHours(1.8), b.Leaf, "meetings/{residentsMeeting}/issues", new { text = "服务点周末开不开" });
        b.Do(held.AddHours(2), b.Leaf, "meetings/{residentsMeeting}/publish", refused: "minutesMissing");
        b.Do(held.AddHours(14), b.Flower, "meetings/{residentsMeeting}/minutes", new { text = "到会四十六人，议题三项，逐项说明了办理情况。" });
        b.Do(held.AddHours(14.1), b.Flower, "meetings/{residentsMeeting}/publish", refused: "meetingIssuesUndecided");
        b.Do(held.AddHours(14.2), b.Flower, "meetings/{residentsMeeting}/issues/resolve", new { issueId = "3", became = "answered", words = "周六上午开放" });
        b.Do(held.AddHours(14.3), b.Flower, "meetings/{residentsMeeting}/publish");
        b.Ends(new MonthMatter("residentsMeeting", "meeting", b.Pack.MeetingKinds[0].Code, "published", false));
        Second(b);
    }

    private static void Second(MonthBuilder b)
    {
        var held = b.At(23, 18.5);
        b.Make("openTalk", b.At(19, 9), b.Leaf, $"{b.Community}/meetings", new
        {
            kind = b.Pack.MeetingKinds[1].Code, title = "警民恳谈会", plannedFor = held.AddDays(-1), place = "牡丹广场", agenda = SecondAgenda,
        });
        b.Do(b.At(20, 9), b.Leaf, "meetings/{openTalk}/revise", new { plannedFor = held, place = "老年活动中心" });
        b.Do(held.AddHours(1), b.Leaf, "meetings/{openTalk}/hold", new { participants = 31 });
        Issue(b, "openTalk", "1", held.AddHours(1.1), "宅基地边界一直没有说清", new { became = "dispute", matterId = "{boundary}" });
        Issue(b, "openTalk", "2", held.AddHours(1.2), "希望多办文艺活动", new { became = "nothing" });
        b.Do(held.AddHours(15), b.Flower, "meetings/{openTalk}/minutes", new { text = "到会三十一人，讲了冬季防火和防骗。" });
        b.Do(held.AddHours(15.1), b.Flower, "meetings/{openTalk}/publish");
        b.Ends(new MonthMatter("openTalk", "meeting", b.Pack.MeetingKinds[1].Code, "published", false));
    }

    private static void Issue(MonthBuilder b, string meeting, string issueId, DateTimeOffset at, string text, object became)
    {
        b.Do(at, b.Leaf, $"meetings/{{{meeting}}}/issues", new { text });
        var step = b.Do(at.AddMinutes(2), b.Leaf, $"meetings/{{{meeting}}}/issues/resolve", became);
        step.Body!["issueId"] = issueId;
    }
}
