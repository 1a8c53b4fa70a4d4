using Dispatch.Month;
using Dispatch.Packs;

namespace Dispatch.Tests.Month;

/// <summary>One scenario that goes by what a pack says and never by which one it is: a concern that is confirmed, a problem that is assessed, a dispute closed locally, and one that goes up every tier.</summary>
internal static class PackScenario
{
    private static readonly string[] Both = ["party-1", "party-2"];

    public static void Tell(MonthBuilder b)
    {
        Concern(b);
        Problem(b);
        Settled(b);
        Escalated(b);
    }

    private static void Concern(MonthBuilder b)
    {
        b.About("concerns");
        var category = b.Pack.ConcernCategories[0].Code;
        b.Make("visit", b.At(0, 9), b.Leaf, $"{b.Community}/interactions", new { kind = "visit", text = "居民反映楼道灯不亮", channel = b.Pack.Channels[0].Code });
        b.Make("concern", b.At(0, 10), b.Leaf, $"{b.Community}/concerns", new { source = "interaction", category, title = "楼道灯不亮", interactionIds = new[] { "{visit}" } });
        if (b.Pack.ConcernWords.RequiresOwner)
        {
            b.Do(b.At(0, 11), b.Leaf, "concerns/{concern}/take", refused: "concernOwnerMissing");
            b.Do(b.At(0, 11.1), b.Leaf, "concerns/{concern}/assign-owner", new { owner = new { kind = "pair", id = b.Cast.PairId } });
        }

        b.Do(b.At(0, 12), b.Leaf, "concerns/{concern}/take");
        b.Do(b.At(1, 9), b.Leaf, "concerns/{concern}/answer", new { text = "已报修", channel = b.Pack.Channels[0].Code });
        b.Do(b.At(4, 9), b.Leaf, "concerns/{concern}/close", new { outcome = "solved" });
        b.Do(b.At(5, 9), b.Leaf, "concerns/{concern}/confirm", new { verdict = "confirmed" });
    }

    private static void Problem(MonthBuilder b)
    {
        b.About("problems");
        b.Make("problem", b.At(2, 9), b.Leaf, $"{b.Community}/problems", new { title = "楼道照明反复损坏" });
        const string path = "problems/{problem}";
        b.Do(b.At(2, 10), b.Leaf, $"{path}/scan", new { part = new { definition = "同一楼道反复报修", affected = new[] { "住户" }, where = "三号楼" } });
        b.Do(b.At(2, 11), b.Leaf, $"{path}/advance");
        b.Do(b.At(3, 10), b.Leaf, $"{path}/analyse", new { part = new { causes = new[] { new { side = "place", condition = "线路老化" } } } });
        b.Do(b.At(3, 11), b.Leaf, $"{path}/advance");
        b.Do(b.At(4, 10), b.Leaf, $"{path}/measures", new { what = "换线路", owner = new { kind = "pair", id = b.Cast.PairId }, dueAt = b.At(9, 0) });
        b.Do(b.At(8, 10), b.Leaf, $"{path}/measures/finish", new { measureId = "1" });
        b.Do(b.At(8, 11), b.Leaf, $"{path}/advance");
        b.Do(b.At(20, 10), b.Leaf, $"{path}/assess", new { part = new { figures = new[] { new { name = "报修", before = 4, after = 1 } }, method = "前后各两周", result = "reduced" } });
        b.Do(b.At(20, 11), b.Leaf, $"{path}/close");
    }

    private static void Settled(MonthBuilder b)
    {
        b.About("disputes");
        var kind = b.Pack.FirstAttempt?.DisputeKinds[0] ?? b.Pack.DisputeKinds.First(x => x is { Excluded: null, NoMediationClosing: false }).Code;
        b.Make("settled", b.At(1, 9), b.Leaf, $"{b.Community}/disputes", Opening(kind));
        const string path = "disputes/{settled}";
        var session = new { at = b.At(2, 10), room = "调解室", mediatorRole = "民警" };
        if (b.Pack.FirstAttempt is not null)
        {
            b.Do(b.At(1, 10), b.Leaf, $"{path}/sessions", session, refused: "firstAttemptMissing");
            b.Do(b.At(1, 11), b.Leaf, $"{path}/first-attempt", new { byRole = "邻长", result = "notSettled" });
        }
        else
        {
            b.Do(b.At(1, 11), b.Leaf, $"{path}/first-attempt", new { byRole = "邻长", result = "notSettled" }, refused: "firstAttemptNotAsked");
        }

        b.Do(b.At(1, 12), b.Leaf, $"{path}/consent", new { partyId = "party-1", how = "written" });
        b.Do(b.At(1, 12.5), b.Leaf, $"{path}/consent", new { partyId = "party-2", how = "oral" });
        b.Do(b.At(1, 13), b.Leaf, $"{path}/sessions", session);
        b.Do(b.At(2, 10), b.Leaf, $"{path}/sessions/hold", new { sessionId = "session-1", outcome = "agreement", present = Both });
        b.Do(b.At(2, 11), b.Leaf, $"{path}/agreement", new { form = "oral", terms = "互相体谅", agreedBy = Both, obligations = new[] { new { partyId = "party-1", what = "道歉" } } });
        b.Do(b.At(3, 9), b.Leaf, $"{path}/performance", new { obligationId = "obligation-1", result = "performed" });
        b.Do(b.At(4, 9), b.Leaf, $"{path}/close", new { outcome = "settled", reason = "已履行" });
        for (var visit = 0; visit < b.Pack.FollowUp.Visits; visit++)
        {
            b.Do(b.At(10 + visit, 9), b.Leaf, $"{path}/follow-ups", new { result = "stands", said = "没有再争" });
        }
    }

    private static void Escalated(MonthBuilder b)
    {
        b.Make("escalated", b.At(5, 9), b.Leaf, $"{b.Community}/disputes", Opening(b.Pack.DisputeKinds.First(x => x is { Excluded: null, NoMediationClosing: false }).Code));
        var tiers = b.Pack.DisputeTiers.OrderBy(x => x.Order).ToArray();
        for (var hop = 1; hop < tiers.Length; hop++)
        {
            b.Do(b.At(5 + hop, 9), b.Leaf, "disputes/{escalated}/escalate", new { reason = $"{tiers[hop - 1].Name}没有结果" });
        }

        b.Do(b.At(20, 9), b.Leaf, "disputes/{escalated}/escalate", new { reason = "还没有结果" }, refused: "tierHighest");
        foreach (var excluded in b.Pack.DisputeKinds.Where(x => x.Excluded is not null))
        {
            b.Do(b.At(21, 9), b.Leaf, $"{b.Community}/disputes", Opening(excluded.Code), refused: "disputeKindExcluded");
        }
    }

    private static object Opening(string kind) => new { kind, title = "邻里争执", parties = new[] { new { role = "party" }, new { role = "party" } } };
}
