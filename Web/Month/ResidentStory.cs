namespace Dispatch.Month;

/// <summary>What residents send by themselves: an anonymous tip, a request that they call solved, and a complaint that goes past the pair.</summary>
public static class ResidentStory
{
    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("residents");
        Tip(b);
        Request(b);
        Complaint(b);
    }

    private static void Tip(MonthBuilder b)
    {
        var at = b.At(7, 22);
        var left = b.Make("tipCode", at, MonthActor.Resident, "public/tips", new
        {
            text = "废弃厂房夜里有人搬东西，像是在收赃", communityId = b.Cast.CommunityId, category = "publicSafety",
        }, "claimCode");
        b.Also(left, "tipNumber", "number");
        b.Read("tip", at.AddHours(10), b.Leaf, $"{b.Community}/tips?limit=200", "items.number={tipNumber}.id");
        b.Do(at.AddHours(10.1), b.Leaf, "tips/{tip}/take");
        b.Do(at.AddHours(10.2), b.Leaf, "tips/{tip}/reply", new { text = "谢谢，已安排夜巡。大概几点看到的？" });
        b.Do(at.AddHours(20), MonthActor.Resident, "public/tips/claim", new { claimCode = "{tipCode}", words = "多在夜里十一点以后" });
        b.Make("factory", at.AddHours(34), b.Leaf, "tips/{tip}/toConcern", new { category = "publicSafety", title = "废弃厂房无人看管" }, "concernId");
        b.Do(at.AddDays(3), b.Leaf, "tips/{tip}/close", new { outcome = "acted", note = "已封堵入口并夜巡" });
        b.Do(at.AddDays(3.1), b.Leaf, "tips/{tip}/reply", new { text = "已办结" }, refused: "tipClosed");
        b.Do(at.AddDays(2), b.Flower, "concerns/{factory}/answer", new { text = "已联系产权单位封堵入口，夜间增加巡逻" });
        b.Do(at.AddDays(4), b.Leaf, "concerns/{factory}/assign-owner", new { owner = new { kind = "pair", id = b.Cast.PairId } });
        b.Do(at.AddDays(5), b.Leaf, "concerns/{factory}/close", new { outcome = "solved" });
        b.Ends(new MonthMatter("factory", "concern", "publicSafety", "closed", false) { FirstClock = "within", Queues = ["awaitingConfirmation"] });
        b.Ends(new MonthMatter("tip", "tip", "publicSafety", "closed", false));
    }

    private static void Request(MonthBuilder b)
    {
        var at = b.At(14, 20);
        var raised = b.Make("bench", at, MonthActor.Resident, "public/concerns", new
        {
            category = "facilities", text = "公园长椅坏了两张，老人没处坐", communityId = b.Cast.CommunityId, placeName = "人民公园南门",
        }, "request.id");
        b.Also(raised, "benchToken", "satisfactionToken");
        b.Do(at.AddHours(12), b.Leaf, "concerns/{bench}/assign-owner", new { owner = new { kind = "pair", id = b.Cast.PairId } });
        b.Do(at.AddHours(13), b.Leaf, "concerns/{bench}/take");
        b.Do(at.AddHours(14), b.Leaf, "concerns/{bench}/answer", new { text = "已报公园管理处，本周内修好" });
        b.Do(at.AddDays(4), b.Leaf, "concerns/{bench}/close", new { outcome = "solved", answer = "长椅已换新" });

        // Said once for each closing: who plays it again hears that it was said.
        b.MayBe(
            b.Do(at.AddDays(5), MonthActor.Resident, "public/concerns/{bench}/satisfaction", new { token = "{benchToken}", solved = "yes", words = "修得很快" }),
            "satisfactionSaid");
        b.Ends(new MonthMatter("bench", "concern", "facilities", "confirmed", false) { FirstClock = "within" });
    }

    private static void Complaint(MonthBuilder b)
    {
        var at = b.At(17, 12);
        var made = b.Make("complaintCode", at, MonthActor.Resident, "public/complaints", new
        {
            about = new { kind = "pair", id = b.Cast.PairId }, text = "走访时说话不够耐心", communityId = b.Cast.CommunityId,
        }, "claimCode");
        b.Also(made, "complaintNumber", "number");
        b.Read("complaint", at.AddHours(20), MonthActor.Oversight, $"complaints?stationId={b.Cast.StationId}&limit=200", "items.number={complaintNumber}.id");
        b.Do(at.AddHours(21), b.Leaf, "complaints/{complaint}/acknowledge", refused: "forbidden");
        b.Do(at.AddHours(22), MonthActor.Oversight, "complaints/{complaint}/acknowledge");
        b.Do(at.AddHours(22.5), MonthActor.Oversight, "complaints/{complaint}/close", new { note = "还没有决定" }, refused: "complaintUndecided");
        b.Do(at.AddDays(4), MonthActor.Oversight, "complaints/{complaint}/decide", new { decision = "partly", answer = "已核实并提醒当事民警改进" });
        b.Do(at.AddDays(5), MonthActor.Oversight, "complaints/{complaint}/close");
        b.Ends(new MonthMatter("complaint", "complaint", null, "closed", false));
    }
}
