using System.Collections.Immutable;

namespace Dispatch.Month;

/// <summary>Twelve concerns that arise from contacts: most answered in time, two late, one overdue, one opened again, and what residents say of the ends.</summary>
public static class ConcernStory
{
    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        Confirmed(b, "noise", "noise", 1, "广场晚间音量太大", "人民公园南门", "已与舞队约定晚八点半前结束，音量调低");
        Parking(b);
        Referred(b);
        Reopened(b);
        Overdue(b);
        Unspoken(b);
        NotPossible(b);
        Withdrawn(b);
        Late(b);
        Duplicate(b);
        Fresh(b);
    }

    /// <summary>A contact and the concern that comes of it, with an owner, because some models ask for one.</summary>
    private static DateTimeOffset Raise(MonthBuilder b, string name, string category, int day, string title, string place, double hour = 9)
    {
        var at = b.At(day, hour + (b.Dice.Next() / 2));
        b.About(DailyStory.Room).Make($"{name}Visit", at, b.Leaf, $"{b.Community}/interactions", new { kind = "visit", text = $"走访中居民反映：{title}", participants = 2, place });
        b.About("concerns");
        at = at.AddMinutes(20);
        b.Make(name, at, b.Leaf, $"{b.Community}/concerns", new
        {
            source = "interaction", category, title, description = $"{place}：{title}，希望尽快解决", interactionIds = new[] { $"{{{name}Visit}}" }, placeName = place,
            location = b.Cast.Centre, owner = new { kind = "pair", id = b.Cast.PairId },
        });
        b.Do(at.AddMinutes(5), b.Leaf, $"concerns/{{{name}}}/take");
        return at;
    }

    private static void Answer(MonthBuilder b, string name, DateTimeOffset at, string text) =>
        b.Do(at, b.Flower, $"concerns/{{{name}}}/answer", new { text, channel = b.Pack.Channels[0].Code });

    private static void Close(MonthBuilder b, string name, DateTimeOffset at, string outcome, string? reason = null, string? answer = null) =>
        b.Do(at, b.Leaf, $"concerns/{{{name}}}/close", new { outcome, reason, answer });

    private static void Say(MonthBuilder b, string name, DateTimeOffset at, string verdict, string words) =>
        b.Do(at, b.Leaf, $"concerns/{{{name}}}/confirm", new { verdict, words, channel = b.Pack.Channels[0].Code });

    private static void Ends(MonthBuilder b, string name, string category, string status, bool open, string clock, params ImmutableArray<string> queues) =>
        b.Ends(new MonthMatter(name, "concern", category, status, open) { FirstClock = clock, Queues = queues, Overdue = queues.Contains("overdue") });

    private static void Confirmed(MonthBuilder b, string name, string category, int day, string title, string place, string answer)
    {
        var at = Raise(b, name, category, day, title, place);
        b.Do(at.AddHours(1), b.Leaf, $"concerns/{{{name}}}/close", new { outcome = "solved" }, refused: "concernUnanswered");
        b.Do(at.AddHours(1), b.Leaf, $"concerns/{{{name}}}/escalate", new { reason = "想尽快解决" }, refused: "concernNotOverdue");
        b.Do(at.AddHours(1), b.Leaf, $"concerns/{{{name}}}/confirm", new { verdict = "confirmed" }, refused: "concernNotClosed");
        Answer(b, name, at.AddHours(20), answer);
        b.Do(at.AddHours(30), b.Leaf, $"concerns/{{{name}}}/progress", new { text = "连续两晚到现场查看，情况好转" });
        Close(b, name, at.AddDays(4), "solved");
        Say(b, name, at.AddDays(5), "confirmed", "现在安静多了");
        b.Do(at.AddDays(5.1), b.Leaf, $"concerns/{{{name}}}/progress", new { text = "再看一次" }, refused: "concernNotOpen");
        Ends(b, name, category, "confirmed", false, "within");
    }

    /// <summary>Two that are worked on as one problem: one closed in part, one still in it.</summary>
    private static void Parking(MonthBuilder b)
    {
        var at = Raise(b, "gate", "parking", 2, "东门两侧乱停车，消防车进不来", "幸福小区东门");
        Answer(b, "gate", at.AddHours(26), "已向物业和交警反映，周末一起看现场");
        b.Do(at.AddDays(2), b.Leaf, "concerns/{gate}/group", new { problemId = "{parkingProblem}" });
        Close(b, "gate", at.AddDays(22), "partly", answer: "已划出消防通道和临时车位，夜间仍有少数乱停");
        Say(b, "gate", at.AddDays(23), "confirmed", "比以前好");
        Ends(b, "gate", "parking", "confirmed", false, "within");

        at = Raise(b, "market", "parking", 5, "早市两边停车，行人过不去", "建设路早市");
        Answer(b, "market", at.AddHours(8), "早市时段请城管和义警一起疏导");
        b.Do(at.AddDays(1), b.Leaf, "concerns/{market}/group", new { problemId = "{parkingProblem}" });
        Ends(b, "market", "parking", "inProblem", true, "within");
    }

    /// <summary>One that a partner works on.</summary>
    private static void Referred(MonthBuilder b)
    {
        var at = Raise(b, "lamp", "facilities", 3, "沿河步道路灯不亮", "沿河步道");
        Answer(b, "lamp", at.AddHours(5), "已转网格报修，三天内答复");
        Close(b, "lamp", at.AddDays(9), "solved", answer: "八盏路灯已修好");
        Say(b, "lamp", at.AddDays(10), "confirmed", "晚上敢走了");
        Ends(b, "lamp", "facilities", "confirmed", false, "within");
    }

    /// <summary>Answered late, closed, not confirmed, opened again, and closed once more.</summary>
    private static void Reopened(MonthBuilder b)
    {
        var at = Raise(b, "litter", "environment", 4, "楼后垃圾堆放多日", "农贸市场");
        Answer(b, "litter", at.AddHours(80), "已联系环卫清运");
        Close(b, "litter", at.AddDays(5), "solved");
        Say(b, "litter", at.AddDays(6), "notConfirmed", "清了一次，又堆起来了");
        b.Do(at.AddDays(6.1), MonthActor.Supervisor, "concerns/{litter}/reopen", new { reason = "居民反映又堆放，重新办理" });
        Answer(b, "litter", at.AddDays(7), "已与市场约定每天清运两次");
        Close(b, "litter", at.AddDays(14), "solved", answer: "连续一周查看，没有再堆放");
        Say(b, "litter", at.AddDays(15), "confirmed", "这回行了");
        Ends(b, "litter", "environment", "confirmed", false, "late");
    }

    private static void Overdue(MonthBuilder b)
    {
        var at = Raise(b, "stairs", "fireSafety", 22, "楼道堆放杂物，堵住安全出口", "老年活动中心");
        b.Do(at.AddDays(4), b.Leaf, "concerns/{stairs}/escalate", new { reason = "产权不清，多家单位未答复" });
        Ends(b, "stairs", "fireSafety", "taken", true, "overdue", "overdue", "unanswered", "escalated");
    }

    private static void Unspoken(MonthBuilder b)
    {
        var at = Raise(b, "fraud", "fraudPrevention", 8, "老人常接到冒充客服的电话", "社区卫生站");
        Answer(b, "fraud", at.AddHours(4), "周三到活动中心讲防骗，并帮老人设置来电提醒");
        Close(b, "fraud", at.AddDays(8), "solved", answer: "讲了两场，帮三十多位老人设置了来电提醒");
        Ends(b, "fraud", "fraudPrevention", "closed", false, "within", "awaitingConfirmation");
    }

    private static void NotPossible(MonthBuilder b)
    {
        var at = Raise(b, "crossing", "trafficOrder", 11, "希望在学校门口装红绿灯", "第一小学门口");
        Answer(b, "crossing", at.AddHours(40), "已请交警部门论证");
        b.Do(at.AddDays(6), b.Leaf, "concerns/{crossing}/close", new { outcome = "notPossible" }, refused: "valueMissing");
        Close(b, "crossing", at.AddDays(6.1), "notPossible", reason: "路口间距不够，交警部门答复不能装", answer: "不能装红绿灯，上下学时段安排护学岗");
        Say(b, "crossing", at.AddDays(8), "notConfirmed", "还是希望装");
        Ends(b, "crossing", "trafficOrder", "closed", false, "within", "notConfirmed");
    }

    private static void Withdrawn(MonthBuilder b)
    {
        var at = Raise(b, "permit", "services", 13, "居住证办理窗口人多", "党群服务中心");
        Answer(b, "permit", at.AddHours(2), "服务点每周二、四可代收材料");
        b.Do(at.AddDays(1), b.Leaf, "concerns/{permit}/withdraw", new { reason = "居民已在服务点办好" });
        Ends(b, "permit", "services", "withdrawn", false, "within");
    }

    private static void Late(MonthBuilder b)
    {
        var at = Raise(b, "charging", "publicSafety", 6, "充电棚电瓶接连被盗", "幸福小区东门");
        Answer(b, "charging", at.AddHours(90), "已加装摄像头并安排义警夜巡");
        b.Do(at.AddDays(4), b.Leaf, "concerns/{charging}/group", new { problemId = "{batteryProblem}" });
        Close(b, "charging", at.AddDays(20), "noEffect", answer: "加装摄像头后仍有发生，已另行研究");
        Ends(b, "charging", "publicSafety", "closed", false, "late", "awaitingConfirmation");
    }

    private static void Duplicate(MonthBuilder b)
    {
        var at = Raise(b, "drums", "noise", 17, "公园晚上音响吵", "人民公园南门");
        b.Do(at.AddHours(1), b.Leaf, "concerns/{drums}/close", new { outcome = "duplicate", duplicateOfId = "{noise}", answer = "与之前反映的是同一件事，约定仍然有效" });
        Ends(b, "drums", "noise", "merged", false, "within");
    }

    private static void Fresh(MonthBuilder b)
    {
        Raise(b, "dogs", "other", 29, "有人遛狗不牵绳", "牡丹广场", hour: 18);
        Ends(b, "dogs", "other", "taken", true, "running", "unanswered");
    }
}
