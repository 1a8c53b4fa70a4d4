using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Incidents;

namespace Dispatch.Demo;

/// <summary>A kind of call.</summary>
/// <param name="Category">Code of the category.</param>
/// <param name="Weight">How often it comes.</param>
/// <param name="Priority">1 to 4, most usual.</param>
/// <param name="Skill">Skill that is now and then asked for; null for none.</param>
/// <param name="Phrases">What is said after the place.</param>
/// <param name="Dispositions">How it ends, with weights.</param>
public sealed record CallKind(
    string Category, double Weight, int Priority, string? Skill, ImmutableArray<string> Phrases, ImmutableArray<(string Code, double Weight)> Dispositions);

/// <summary>What is said in the demonstration: invented calls, notes and reasons, without anything personal.</summary>
public static class CallScript
{
    private static readonly string[] Places =
    [
        "集贸市场", "中心小学门口", "村委会附近", "文化广场", "超市门口", "汽车站", "卫生院", "老旧小区", "十字路口", "公园南门",
        "建筑工地", "饭店门前", "农贸大棚", "快递驿站", "加油站旁", "物流园", "河堤路段", "幼儿园附近", "银行网点", "棋牌室",
    ];

    private static readonly CallKind[] Kinds =
    [
        new("traffic", 20, 3, "drone",
            ["两车剐蹭，无人受伤，占道等待处理", "电动车与轿车相撞，有人轻伤", "货车抛锚，影响通行", "违停车辆堵住出口", "信号灯故障，需要疏导"],
            [("settledByContact", 6), ("reportTaken", 3), ("goneOnArrival", 1)]),
        new("dispute", 20, 3, "mediation",
            ["邻里因宅基地边界争吵", "因噪音发生纠纷", "摊位占用引发争执", "消费退款起争议", "债务问题，双方情绪激动", "租房押金引发纠纷"],
            [("settledByContact", 8), ("referred", 2), ("reportTaken", 1)]),
        new("helpRequest", 20, 3, null,
            ["老人走失，家属求助", "儿童与家人走散", "居民忘带钥匙，灶上有火", "有人身体不适需要协助", "手机遗失，请求查找", "车辆被困，请求协助"],
            [("settledByContact", 7), ("reportTaken", 2), ("goneOnArrival", 1)]),
        new("publicOrder", 10, 2, null,
            ["有人酒后滋事", "多人聚集争吵", "有人损坏公物", "夜间扰民，多次劝阻无效"],
            [("settledByContact", 5), ("reportTaken", 3), ("arrest", 1), ("goneOnArrival", 2)]),
        new("hazard", 8, 2, "drone",
            ["井盖缺失，存在安全隐患", "电线垂落", "燃气味较重，请求查看", "电动车飞线充电", "围墙开裂，行人绕行"],
            [("referred", 6), ("settledByContact", 3), ("unfounded", 1)]),
        new("criminal", 6, 1, "technology",
            ["电动车被盗", "店铺被撬，财物丢失", "疑似电信诈骗，正在转账", "发现有人携带刀具"],
            [("reportTaken", 7), ("arrest", 2), ("unfounded", 1)]),
        new("tip", 5, 3, "data",
            ["反映有人聚众赌博", "反映有人收购赃物", "反映可疑车辆长期停放", "反映违规燃放烟花"],
            [("reportTaken", 5), ("unfounded", 3), ("goneOnArrival", 1)]),
        new("complaint", 4, 4, "community",
            ["反映施工扰民处理不及时", "反映巡逻次数少", "反映流浪犬无人管理"],
            [("settledByContact", 5), ("referred", 4)]),
        new("domesticViolence", 3, 1, "negotiation",
            ["听到家中激烈争吵和呼救", "邻居反映家庭暴力", "当事人求助，称遭家人殴打"],
            [("reportTaken", 6), ("arrest", 2), ("referred", 2)]),
        new(NonPolice, 6, 4, null,
            ["停水停电，咨询何时恢复", "反映路灯不亮", "咨询户籍办理地点", "反映垃圾清运不及时"],
            [("referred", 9), ("duplicate", 1)]),
    ];

    private static readonly string[] Notes = ["已到现场，正在了解情况", "双方情绪已稳定", "已设置警示，疏导交通", "已调取公共监控", "已联系社区网格员到场协助", "现场秩序正常"];

    private static readonly string[] Reports = ["现场处置完毕，当事人无异议", "已登记并告知后续流程", "隐患已排除", "已移交相关部门跟进", "已劝导并做好解释工作"];

    private static readonly string[] Declines = [DeclineReasons.Busy, DeclineReasons.TooFar, DeclineReasons.Equipment];

    private static readonly string[] Visits = ["入户走访，宣传防诈骗", "走访沿街商户，检查消防通道", "看望独居老人，了解需求", "与网格员排查出租房", "召开院落座谈，听取意见"];

    private static readonly HashSet<string> Known = new(
        Places.SelectMany(_ => Kinds.SelectMany(x => x.Phrases), (place, phrase) => Summary(place, phrase)), StringComparer.Ordinal);

    /// <summary>Category of what is not for the police.</summary>
    public const string NonPolice = "nonPolice";

    /// <summary>Why a pair asks for more.</summary>
    public const string BackupReason = "现场人员较多，请求增援";

    /// <summary>Why a dispatcher sends a pair without asking.</summary>
    public const string AssignReason = "紧急警情，指定就近搭档立即出警";

    /// <summary>Why a call is called off.</summary>
    public const string CancelReason = "报警人来电称问题已解决";

    /// <summary>Whether a summary is one of these: the demonstration's own calls are known again after a restart, and those of people are left to people.</summary>
    public static bool Knows(string summary) => Known.Contains(summary);

    /// <summary>A call at a place of this community.</summary>
    public static OpenIncident NextCall(TrafficDice dice, Bureau.GeoPoint location, string townName)
    {
        ArgumentNullException.ThrowIfNull(dice);
        var kind = dice.Pick([.. Kinds.Select(x => (x, x.Weight))]);
        var place = dice.Pick(Places);
        var priority = Math.Clamp(kind.Priority + (dice.Chance(0.15) ? -1 : dice.Chance(0.15) ? 1 : 0), 1, 4);
        return new OpenIncident(
            kind.Category, priority, location, Summary(place, dice.Pick(kind.Phrases)),
            Address: dice.Chance(0.5) ? $"{townName}{place}" : null,
            PairsNeeded: priority == 1 && dice.Chance(0.4) ? 2 : 1,
            Skills: kind.Skill is { } skill && dice.Chance(0.25) ? [skill] : []);
    }

    /// <summary>How a call of a category ends.</summary>
    public static string Disposition(TrafficDice dice, string category)
    {
        ArgumentNullException.ThrowIfNull(dice);
        return dice.Pick(Kinds.First(x => x.Category == category).Dispositions);
    }

    /// <summary>A note from the scene.</summary>
    public static string Note(TrafficDice dice) => Pick(dice, Notes);

    /// <summary>A report from the scene.</summary>
    public static string Report(TrafficDice dice) => Pick(dice, Reports);

    /// <summary>Why an offer is declined.</summary>
    public static string Decline(TrafficDice dice) => Pick(dice, Declines);

    /// <summary>What a visit was about.</summary>
    public static string Visit(TrafficDice dice) => Pick(dice, Visits);

    private static string Pick(TrafficDice dice, string[] from)
    {
        ArgumentNullException.ThrowIfNull(dice);
        return dice.Pick(from);
    }

    private static string Summary(string place, string phrase) => $"{place}，{phrase}";
}
