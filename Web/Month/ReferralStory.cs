namespace Dispatch.Month;

/// <summary>Work given to partners: done in time, refused, returned late and sent back, not asked of who may not see it, and still out.</summary>
public static class ReferralStory
{
    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("referrals");
        var worker = MonthActor.Partner(PartnerStory.Worker);
        var team = MonthActor.Partner(PartnerStory.Team);
        Done(b, worker);
        Give(b, "survey", b.At(10, 9), PartnerStory.Worker, "homeVisit", "请上门核对独居老人名单");
        b.Do(b.At(11, 9), worker, "referrals/{survey}/refuse", new { reason = "本周防汛值守，抽不出人" });
        b.Do(b.At(11, 10), worker, "referrals/{survey}/accept", refused: "referralNotOpen");
        b.Ends(new MonthMatter("survey", "referral", null, "refused", false));

        b.Do(
            b.At(8, 9), b.Leaf, $"{b.Community}/referrals",
            new { partnerId = $"{{{PartnerStory.Team}}}", taskKind = "talk", ask = "请协助劝说双方", @ref = "dispute/{upstairs}" }, refused: "volunteersSeeNoCase");
        Give(b, "talk", b.At(8, 10), PartnerStory.Team, "talk", "请到三个楼院讲冬季用电安全", returnBy: b.At(14, 18));
        b.Do(b.At(9, 10), team, "referrals/{talk}/accept");
        b.Do(b.At(18, 10), team, "referrals/{talk}/return", new { result = "partlyDone", text = "讲了两个楼院" });
        b.Do(b.At(18, 15), b.Leaf, "referrals/{talk}/send-back", new { reason = "还差一个楼院", returnBy = b.At(22, 18) });
        b.Do(b.At(21, 10), team, "referrals/{talk}/return", new { result = "done", text = "三个楼院都讲完" });
        b.Do(b.At(21, 15), b.Leaf, "referrals/{talk}/close");
        b.Ends(new MonthMatter("talk", "referral", null, "closed", false));

        Give(b, "checkRound", b.At(15, 9), PartnerStory.Worker, "checkRound", "请排查辖区出租房用电", returnBy: b.At(20, 18));
        b.Do(b.At(16, 9), worker, "referrals/{checkRound}/accept");
        b.Do(b.At(19, 9), worker, "referrals/{checkRound}/progress", new { text = "已查一半" });
        b.Ends(new MonthMatter("checkRound", "referral", null, "accepted", true) { Overdue = true });
    }

    private static void Done(MonthBuilder b, MonthActor worker)
    {
        Give(b, "lampWork", b.At(3, 14), PartnerStory.Worker, "concernWork", "请报修沿河步道路灯", reference: "concern/{lamp}");
        b.Do(b.At(3, 15), worker, "referrals/{lampWork}/return", new { result = "done", text = "还没有接" }, refused: "referralNotAccepted");
        b.Do(b.At(4, 9), worker, "referrals/{lampWork}/accept");
        b.Do(b.At(7, 9), worker, "referrals/{lampWork}/progress", new { text = "路灯所已到现场" });
        b.Do(b.At(8, 9), b.Leaf, "referrals/{lampWork}/close", refused: "referralNotReturned");
        b.Do(b.At(11, 9), worker, "referrals/{lampWork}/return", new { result = "done", text = "八盏全部修好" });
        b.Do(b.At(11, 16), b.Leaf, "referrals/{lampWork}/close");
        b.Ends(new MonthMatter("lampWork", "referral", null, "closed", false));
    }

    private static void Give(
        MonthBuilder b, string name, DateTimeOffset at, string partner, string taskKind, string ask, string? reference = null, DateTimeOffset? returnBy = null) =>
        b.Make(name, at, b.Leaf, $"{b.Community}/referrals", new { partnerId = $"{{{partner}}}", taskKind, ask, @ref = reference, returnBy });
}
