using Dispatch.Bureau;
using Dispatch.Live;

namespace Dispatch.Demo;

/// <summary>placeholder</summary>
public static class DemoOrganisation
{
    /// <summary>Makes it.</summary>
    public static Organisation Create() => new(
        new BureauInfo("heze", "菏泽市公安局", "Heze Public Security Bureau"),
        [new StationInfo("mudan", "牡丹区派出所", "Mudan")],
        [new CommunityInfo("mudan-01", "东城街道", "mudan", new JsonText("""{"type":"Polygon","coordinates":[[[115.3,35.1],[115.6,35.1],[115.6,35.4],[115.3,35.4],[115.3,35.1]]]}"""u8.ToArray()))],
        [new PairInfo("mudan-p1", "牡丹-01", "mudan", "mudan-01", [new OfficerInfo("o1", "张伟", OfficerRole.GreenLeaf, []), new OfficerInfo("o2", "李娜", OfficerRole.RedFlower, [])])],
        [new CodedName("dispute", "纠纷", "Dispute")],
        [new CodedName("settled", "现场调处", "Settled by contact")],
        "red-flower-green-leaf", true);
}
