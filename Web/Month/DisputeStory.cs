using Dispatch.Packs;

namespace Dispatch.Month;

/// <summary>
/// Eight disputes and one that is none of ours: an oral agreement and its repeat, a written one that the court confirms, one that fails over three tiers, one that a
/// mediator refuses and another returns late, one overdue, one withdrawn, and one that may not be mediated.
/// </summary>
public static class DisputeStory
{
    private static readonly string[] Both = ["party-1", "party-2"];

    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("disputes");
        Noise(b);
        Parking(b);
        Fee(b);
        Wage(b);
        Boundary(b);
        Family(b);
        Violence(b);
        Repeat(b);
        b.Do(b.At(12, 15), b.Leaf, $"{b.Community}/disputes", Opening("gangFight", "两伙人约架", "物流园门岗"), refused: "disputeKindExcluded");
        b.Do(b.At(12, 15.1), b.Leaf, $"{b.Community}/disputes", Opening("notAKind", "说不清的事", "物流园门岗"), refused: "disputeKindNotFound");
    }

    private static object Opening(string kind, string title, string place, string? repeatOf = null, string? grade = null) => new
    {
        kind,
        title,
        summary = $"{place}：{title}",
        place,
        repeatOf,
        grade,
        parties = new[]
        {
            new { role = "party", person = (object?)new { name = "甲方（化名）" } },
            new { role = "party", person = (object?)null },
        },
    };

    private static string Open(MonthBuilder b, string name, DateTimeOffset at, string kind, string title, string place, string? repeatOf = null, string? grade = null)
    {
        b.Make(name, at, b.Leaf, $"{b.Community}/disputes", Opening(kind, title, place, repeatOf, grade));
        return $"disputes/{{{name}}}";
    }

    /// <summary>Where the model has somebody try first, nobody else begins before.</summary>
    private static void TryFirst(MonthBuilder b, string path, string kind, DateTimeOffset at)
    {
        if (b.Pack.FirstAttempt is { } attempt && attempt.DisputeKinds.Contains(kind))
        {
            b.Do(at, b.Leaf, $"{path}/sessions", new { at = at.AddDays(1), room = "社区调解室", mediatorRole = "社区民警" }, refused: "firstAttemptMissing");
            b.Do(at.AddMinutes(30), b.Leaf, $"{path}/first-attempt", new { byRole = "邻长", result = "notSettled", note = "当面劝过，没有说通" });
        }
    }

    private static void Consent(MonthBuilder b, string path, DateTimeOffset at)
    {
        b.Do(at, b.Leaf, $"{path}/consent", new { partyId = "party-1", how = "oral" });
        b.Do(at.AddMinutes(10), b.Leaf, $"{path}/consent", new { partyId = "party-2", how = "written" });
    }

    /// <summary>A session with both there; they agree first, which is refused where they did not.</summary>
    private static void Session(MonthBuilder b, string path, string sessionId, DateTimeOffset at, string outcome, bool refusedBefore = false)
    {
        b.Do(at.AddHours(-3), b.Leaf, $"{path}/sessions", new { at, room = "社区调解室", mediatorRole = "社区民警", pairId = b.Cast.PairId });
        var body = new { sessionId, outcome, present = Both, note = "双方到场，逐项说明" };
        if (refusedBefore)
        {
            b.Do(at.AddHours(-2), b.Leaf, $"{path}/sessions/hold", body, refused: "consentMissing");
        }

        Consent(b, path, at.AddHours(-1));
        b.Do(at, b.Leaf, $"{path}/sessions/hold", body);
    }

    private static void Agree(MonthBuilder b, string path, DateTimeOffset at, string form, bool wantsConfirmation, params string[] obligations) =>
        b.Do(at, b.Leaf, $"{path}/agreement", new
        {
            form, terms = "双方互相体谅，按约定履行，不再争执", agreedBy = Both, wantsConfirmation,
            obligations = obligations.Select((what, i) => new { partyId = $"party-{(i % 2) + 1}", what, dueAt = at.AddDays(6) }),
        });

    private static void Perform(MonthBuilder b, string path, string obligationId, DateTimeOffset at, string result = "performed") =>
        b.Do(at, b.Flower, $"{path}/performance", new { obligationId, result, note = "电话核实" });

    private static void Visit(MonthBuilder b, string path, DateTimeOffset at) =>
        b.Do(at, b.Leaf, $"{path}/follow-ups", new { result = "stands", said = "双方都说可以，没有再争" });

    private static void Ends(MonthBuilder b, string name, string kind, string status, bool open, string locally, bool overdue = false, params string[] queues) =>
        b.Ends(new MonthMatter(name, "dispute", kind, status, open) { ClosedLocally = locally, Overdue = overdue, Queues = [.. overdue ? queues.Append("overdue") : queues] });

    private static void Noise(MonthBuilder b)
    {
        var at = b.At(1, 10.5);
        var path = Open(b, "upstairs", at, "neighbour", "楼上夜间走动和拖椅子，楼下睡不好", "幸福小区东门");
        TryFirst(b, path, "neighbour", at.AddHours(2));
        b.Do(at.AddHours(4), b.Leaf, $"{path}/agreement", new { form = "oral", terms = "先口头说好", agreedBy = Both }, refused: "consentMissing");
        Session(b, path, "session-1", at.AddDays(1), "agreement", refusedBefore: true);
        Agree(b, path, at.AddDays(1.05), "oral", false, "十点后不拖椅子，加装脚垫");
        b.Do(at.AddDays(1.1), b.Leaf, $"{path}/close", new { outcome = "settled", reason = "已约定" }, refused: "performanceUnchecked");
        Perform(b, path, "obligation-1", at.AddDays(5));
        b.Do(at.AddDays(7), b.Leaf, $"{path}/close", new { outcome = "settled", reason = "已加装脚垫，双方认可" });
        Visit(b, path, at.AddDays(15));
        Ends(b, "upstairs", "neighbour", "settled", false, "no");
    }

    private static void Parking(MonthBuilder b)
    {
        var at = b.At(3, 9);
        var path = Open(b, "scratch", at, "other", "停车剐蹭，互相指责占位", "建设路早市");
        TryFirst(b, path, "other", at.AddHours(1));
        Session(b, path, "session-1", at.AddDays(1.2), "agreement");
        Agree(b, path, at.AddDays(1.3), "written", true, "承担补漆费用");
        b.Do(at.AddDays(1.4), b.Leaf, $"{path}/confirmation/decide", new { confirmed = true }, refused: "confirmationNotApplied");
        b.Do(at.AddDays(5), b.Leaf, $"{path}/confirmation/apply", new { court = "区人民法院" });
        Perform(b, path, "obligation-1", at.AddDays(7));
        b.Do(at.AddDays(11), b.Leaf, $"{path}/confirmation/decide", new { confirmed = true, note = "裁定有效" });
        b.Do(at.AddDays(12), b.Leaf, $"{path}/close", new { outcome = "settled", reason = "已付款，法院已确认" });
        b.Do(at.AddDays(12.1), b.Leaf, $"{path}/grade", new { grade = b.Pack.DisputeGrades[^1].Code, reason = "已办结，不再调整" }, refused: "disputeNotOpen");
        Visit(b, path, at.AddDays(18));
        Ends(b, "scratch", "other", "settled", false, "notYet");
    }

    /// <summary>Over three tiers, and no agreement: an end as respectable as any.</summary>
    private static void Fee(MonthBuilder b)
    {
        var at = b.At(4, 11);
        var path = Open(b, "fee", at, "property", "对物业费和停车费有争议", "党群服务中心");
        TryFirst(b, path, "property", at.AddHours(1));
        b.Do(at.AddDays(3), b.Leaf, $"{path}/escalate", new { reason = "双方要求由社区出面" });
        b.Do(at.AddDays(7), b.Leaf, $"{path}/escalate", new { reason = "社区两次劝解没有结果" });
        var tier = b.Pack.DisputeTiers.OrderBy(x => x.Order).ElementAt(2);
        Refer(b, path, at.AddDays(8), tier);
        b.Do(at.AddDays(9), b.Leaf, $"{path}/referrals/accept", new { referralId = "referral-1" });
        b.Do(at.AddDays(9.1), b.Leaf, $"{path}/close", new { outcome = "failed", reason = "没有结果", advice = "court" }, refused: "referralOpen");
        b.Do(at.AddDays(14), b.Leaf, $"{path}/referrals/return", new { referralId = "referral-1", result = "failed", text = "双方对收费标准分歧大" });
        b.Do(at.AddDays(15), b.Leaf, $"{path}/close", new { outcome = "failed", reason = "调解不成，已告知可以起诉", advice = "court" });
        Ends(b, "fee", "property", "failed", false, "no");
    }

    private static void Refer(MonthBuilder b, string path, DateTimeOffset at, DisputeTier tier) => b.Do(at, b.Leaf, $"{path}/referrals", new
    {
        partnerId = $"{{{PartnerStory.Mediator(tier)}}}", partnerName = $"{tier.Name}调解力量", partnerKind = tier.PartnerKinds[0], reason = "请专业调解员参与",
    });

    private static void Wage(MonthBuilder b)
    {
        var at = b.At(2, 14);
        var path = Open(b, "wage", at, "labour", "装修队反映工钱拖欠两个月", "物流园门岗");
        var tier = b.Pack.DisputeTiers.OrderBy(x => x.Order).Skip(1).First(x => !x.PartnerKinds.IsEmpty);
        b.Do(at.AddHours(1), b.Leaf, $"{path}/tier", new { tier = tier.Code, reason = "请调解员一起算账" });
        Consent(b, path, at.AddHours(2));
        Refer(b, path, at.AddHours(3), tier);
        b.Do(at.AddHours(3.5), b.Leaf, $"{path}/referrals/return", new { referralId = "referral-1", result = "agreement", text = "还没有接" }, refused: "referralNotPending");
        b.Do(at.AddDays(1), b.Leaf, $"{path}/referrals/refuse", new { referralId = "referral-1", reason = "本周排期已满" });
        Refer(b, path, at.AddDays(3), tier);
        b.Do(at.AddDays(3.2), b.Leaf, $"{path}/referrals/accept", new { referralId = "referral-2" });
        b.Do(at.AddDays(22.8), b.Leaf, $"{path}/referrals/return", new { referralId = "referral-2", result = "agreement", text = "算清工钱，分两次付清" });
        Agree(b, path, at.AddDays(23), "written", false, "月底前付第一笔", "开具结算单");
        Perform(b, path, "obligation-1", at.AddDays(24));
        Perform(b, path, "obligation-2", at.AddDays(24.5), "waived");
        b.Do(at.AddDays(25), b.Leaf, $"{path}/close", new { outcome = "settled", reason = "第一笔已付，双方同意办结" });
        Ends(b, "wage", "labour", "settled", true, "no", queues: "followUp");
    }

    private static void Boundary(MonthBuilder b)
    {
        var at = b.At(5, 10);
        var path = Open(b, "boundary", at, "land", "两家宅基地边界各说各的", "沿河步道");
        Session(b, path, "session-1", at.AddDays(1.2), "adjourned");
        b.Do(at.AddDays(2), b.Leaf, $"{path}/grade", new { grade = b.Pack.DisputeGrades.OrderBy(x => x.Order).ElementAt(1).Code, reason = "双方情绪激动，需多方会商" });
        Ends(b, "boundary", "land", "open", true, "notYet", overdue: b.Pack.DisputeTiers.MinBy(x => x.Order)!.Kind == DisputeTierKind.Police);
    }

    private static void Family(MonthBuilder b)
    {
        var at = b.At(9, 16);
        var path = Open(b, "care", at, "family", "兄弟为照料老人的分工争吵", "老年活动中心");
        b.Do(at.AddHours(1), b.Leaf, $"{path}/sessions", new { at = at.AddDays(1), room = "社区调解室", mediatorRole = "社区民警" });
        b.Do(at.AddDays(1), b.Leaf, $"{path}/sessions/cancel", new { sessionId = "session-1", reason = "双方自行商量" });
        b.Do(at.AddDays(3), b.Leaf, $"{path}/close", new { outcome = "withdrawn", reason = "双方说好轮流照料" }, refused: "valueMissing");
        b.Do(at.AddDays(3.1), b.Leaf, $"{path}/close", new { outcome = "withdrawn", reason = "双方说好轮流照料", withdrawnBy = Both });
        Visit(b, path, at.AddDays(11));
        Ends(b, "care", "family", "withdrawn", false, "notYet");
    }

    /// <summary>Domestic violence is not mediated: a warning letter, and on to those who can help.</summary>
    private static void Violence(MonthBuilder b)
    {
        var at = b.At(10, 21);
        b.Make("violence", at, b.Leaf, $"{b.Community}/disputes", new
        {
            kind = DisputeKindCodes.DomesticViolence,
            title = "家庭暴力警情后续",
            parties = new[]
            {
                new { role = "party", person = (object?)new { name = "甲（化名）", note = "已告知可申请人身安全保护令" } },
                new { role = "party", person = (object?)new { name = "乙（化名）" } },
                new { role = "reporter", person = (object?)new { name = "报案人（化名）" } },
            },
        });
        const string path = "disputes/{violence}";
        b.Do(at.AddHours(1), b.Leaf, $"{path}/consent", new { partyId = "party-1", how = "oral" }, refused: "mediationNotAllowed");
        b.Do(at.AddHours(1.1), b.Leaf, $"{path}/sessions", new { at = at.AddDays(1), room = "社区调解室", mediatorRole = "社区民警" }, refused: "mediationNotAllowed");
        b.Do(at.AddHours(1.2), b.Leaf, $"{path}/close", new { outcome = "settled", reason = "双方说好了" }, refused: "mediationNotAllowed");
        b.Do(at.AddHours(1.3), b.Leaf, $"{path}/close", new { outcome = "escalatedOut", reason = "转妇联和司法援助" }, refused: "warningLetterMissing");
        b.Do(at.AddHours(14), b.Leaf, $"{path}/warning-letters", new { partyId = "party-2", letterNumber = "告诫-10-1" });
        b.Do(at.AddDays(2), b.Leaf, $"{path}/close", new { outcome = "escalatedOut", reason = "已出具告诫书，转妇联和法律援助" });
        Ends(b, "violence", DisputeKindCodes.DomesticViolence, "escalatedOut", false, "no");
    }

    private static void Repeat(MonthBuilder b)
    {
        var path = Open(
            b, "upstairsAgain", b.At(28, 20), "neighbour", "楼上楼下又因夜间响动争吵", "幸福小区东门", repeatOf: "{upstairs}",
            grade: b.Pack.DisputeGrades.OrderBy(x => x.Order).ElementAt(1).Code);
        b.Do(b.At(28, 20.5), b.Leaf, $"{path}/consent", new { partyId = "party-1", how = "oral" });
        Ends(b, "upstairsAgain", "neighbour", "open", true, "notYet", queues: ["repeat", "consent"]);
    }
}
