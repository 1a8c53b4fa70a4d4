namespace Dispatch.Month;

/// <summary>What is protected: read with a reason, held beyond its time, and never read without.</summary>
public static class ProtectionStory
{
    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("protection");
        var at = b.At(25, 10);
        b.Do(at, b.Leaf, "disputes/{violence}/persons", new { reason = string.Empty }, refused: "valueMissing");
        b.Do(at.AddMinutes(5), b.Leaf, "disputes/{violence}/persons", new { reason = "回访前核对联系人" });
        b.Do(at.AddMinutes(6), b.Leaf, "disputes/{violence}/persons", new { reason = "想知道谁报的案", reporter = true }, refused: "forbidden");
        b.Do(at.AddMinutes(10), b.Flower, "interactions/{spoken}/person", new { reason = "老人要求回访" });
        b.Do(at.AddMinutes(20), b.Leaf, "protection/holds", new { subject = "dispute/{violence}", until = b.At(120, 0), reason = "案件办理需要" }, refused: "forbidden");
        b.Do(at.AddMinutes(30), MonthActor.Supervisor, "protection/holds", new { subject = "dispute/{violence}", until = b.At(120, 0), reason = "检察机关调阅，暂缓删除" });
    }
}
