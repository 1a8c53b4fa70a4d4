namespace Dispatch.Month;

/// <summary>吹哨报到: three departments are called to a place; one is there in time, one comes late, one does not come and says why.</summary>
public static class WhistleStory
{
    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("whistles");
        var at = b.At(16, 9);
        b.Make("whistle", at, b.Leaf, $"{b.Community}/whistles", new
        {
            place = "建设路早市", purpose = "早市占道和燃气瓶混放，请到现场会商",
            partnerIds = Enumerable.Range(1, PartnerStory.Departments).Select(x => $"{{{PartnerStory.Department(x)}}}"), location = b.Cast.Centre, arriveBy = at.AddHours(2),
        });
        Word(b, 1, "acknowledge", at.AddMinutes(8), null);
        Word(b, 2, "acknowledge", at.AddMinutes(30), null);
        Word(b, 3, "excuse", at.AddMinutes(40), new { reason = "队伍在外处置漏水" });
        Word(b, 1, "arrive", at.AddMinutes(45), new { role = "值班队长" });
        Word(b, 1, "arrive", at.AddMinutes(50), new { role = "值班队长" }, refused: "departmentAlreadyThere");
        Word(b, 2, "leave", at.AddMinutes(60), new { result = "还没有到" }, refused: "departmentNotThere");
        Word(b, 2, "arrive", at.AddHours(2.7), new { role = "综治专员" });
        Word(b, 1, "leave", at.AddHours(3), new { result = "清理占道摊位" });
        Word(b, 2, "leave", at.AddHours(3.2), new { result = "约定每周联合检查" });
        b.Do(at.AddHours(4), b.Leaf, "whistles/{whistle}/close", new { outcome = "早市两侧清出通道，燃气瓶统一存放" });
        Word(b, 3, "arrive", at.AddHours(5), new { role = "检修班长" }, refused: "whistleNotOpen");
        b.Ends(new MonthMatter("whistle", "whistle", null, "closed", false));
    }

    private static void Word(MonthBuilder b, int department, string word, DateTimeOffset at, object? body, string? refused = null)
    {
        var name = PartnerStory.Department(department);
        var step = b.Do(at, MonthActor.Partner(name), $"whistles/{{whistle}}/{word}", body, refused);

        // A partner's own account speaks for itself whatever is said here.
        step.Body!["partnerId"] = $"{{{name}}}";
    }
}
