namespace Dispatch.Month;

/// <summary>Two problems worked with SARA: one goes back a stage and gets smaller, one ends without an effect.</summary>
public static class ProblemStory
{
    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("problems");
        Parking(b);
        Battery(b);
    }

    private static void Parking(MonthBuilder b)
    {
        var at = b.At(3, 15);
        var path = Open(b, "parkingProblem", at, "东门和早市周边乱停车");
        b.Do(at.AddMinutes(5), b.Leaf, $"{path}/advance", refused: "problemPartMissing");
        b.Do(at.AddMinutes(6), b.Leaf, $"{path}/close", refused: "problemStageInvalid");
        Scan(b, path, at.AddHours(1), "早晚高峰东门和早市两侧连续停车，占用消防通道", ["住户", "商户", "学生家长"], "幸福小区东门到建设路");
        Analyse(b, path, at.AddDays(1), ("place", "没有划线，路窄"), ("target", "小区内车位少"), ("offender", "早市时段无人管理"));
        Measure(b, path, "1", at.AddDays(2), at.AddDays(6), "施划消防通道标线", new { kind = "partner", id = $"{{{PartnerStory.Department(1)}}}" });
        Measure(b, path, "2", at.AddDays(2.1), at.AddDays(7), "早市时段定点疏导", Pair(b));
        b.Do(at.AddDays(8), b.Leaf, $"{path}/advance");
        Assess(b, path, at.AddDays(9), "worse", 18, 21, "一周内早晚各数一次，车辆移到了西侧");
        b.Do(at.AddDays(9.2), b.Leaf, $"{path}/return", new { toStage = "analysis", reason = "车辆转移到西侧，原因没有找全" });
        b.Do(at.AddDays(9.3), b.Leaf, $"{path}/analyse", new
        {
            part = new { causes = new[] { new { side = "place", condition = "西侧空地没有硬化，无法停车" } }, tried = "东门划线、早市疏导" },
        });
        b.Do(at.AddDays(9.4), b.Leaf, $"{path}/advance");
        Measure(b, path, "3", at.AddDays(10), at.AddDays(15), "西侧空地平整为临时车位", new { kind = "partner", id = $"{{{PartnerStory.Department(1)}}}" });
        b.Do(at.AddDays(15.1), b.Leaf, $"{path}/advance");
        Assess(b, path, at.AddDays(20), "reduced", 18, 6, "同样的数法，连续一周");
        b.Do(at.AddDays(26), b.Leaf, $"{path}/close");
        b.Do(at.AddDays(26.1), b.Leaf, $"{path}/advance", refused: "problemNotOpen");
        b.Ends(new MonthMatter("parkingProblem", "problem", null, "closed", false));
    }

    private static void Battery(MonthBuilder b)
    {
        var at = b.At(7, 10);
        var path = Open(b, "batteryProblem", at, "充电棚电瓶被盗");
        Scan(b, path, at.AddHours(1), "半年内同一处充电棚多次丢失电瓶", ["住户", "外卖骑手"], "幸福小区东门充电棚");
        Analyse(b, path, at.AddDays(3.5), ("place", "充电棚背街，照明不足"), ("target", "电瓶没有锁具"));
        Measure(b, path, "1", at.AddDays(4), at.AddDays(10), "加装照明和摄像头", Pair(b));
        Drop(b, path, "2", at.AddDays(4.1), at.AddDays(9), "雇人看守", "费用没有着落");
        b.Do(at.AddDays(11), b.Leaf, $"{path}/advance");
        b.Do(at.AddDays(11.1), b.Leaf, $"{path}/close", refused: "problemPartMissing");
        Assess(b, path, at.AddDays(18), "noEffect", 5, 5, "措施前后各两周的报失数");
        b.Do(at.AddDays(20), b.Leaf, $"{path}/close");
        b.Ends(new MonthMatter("batteryProblem", "problem", null, "closed", false));
    }

    private static string Open(MonthBuilder b, string name, DateTimeOffset at, string title)
    {
        b.Make(name, at, b.Leaf, $"{b.Community}/problems", new { title });
        return $"problems/{{{name}}}";
    }

    private static object Pair(MonthBuilder b) => new { kind = "pair", id = b.Cast.PairId };

    private static void Scan(MonthBuilder b, string path, DateTimeOffset at, string definition, string[] affected, string where)
    {
        b.Do(at, b.Leaf, $"{path}/scan", new { part = new { definition, affected, where, location = b.Cast.Centre } });
        b.Do(at.AddMinutes(1), b.Leaf, $"{path}/advance");
    }

    private static void Analyse(MonthBuilder b, string path, DateTimeOffset at, params (string Side, string Condition)[] causes)
    {
        b.Do(at, b.Flower, $"{path}/analyse", new { part = new { causes = causes.Select(x => new { side = x.Side, condition = x.Condition }) } });
        b.Do(at.AddMinutes(1), b.Flower, $"{path}/advance");
    }

    private static void Measure(MonthBuilder b, string path, string measureId, DateTimeOffset planned, DateTimeOffset done, string what, object owner)
    {
        b.Do(planned, b.Leaf, $"{path}/measures", new { what, owner, dueAt = done.AddDays(1) });
        b.Do(done, b.Leaf, $"{path}/measures/finish", new { measureId, note = "已完成，现场查看" });
    }

    private static void Drop(MonthBuilder b, string path, string measureId, DateTimeOffset planned, DateTimeOffset dropped, string what, string reason)
    {
        b.Do(planned, b.Leaf, $"{path}/measures", new { what, owner = Pair(b), dueAt = dropped.AddDays(3) });
        b.Do(dropped, b.Leaf, $"{path}/measures/drop", new { measureId, reason });
    }

    private static void Assess(MonthBuilder b, string path, DateTimeOffset at, string result, int before, int after, string method) =>
        b.Do(at, b.Flower, $"{path}/assess", new { part = new { figures = new[] { new { name = "次数", before, after, unit = "次" } }, method, result } });
}
