using Dispatch.Communities;

namespace Dispatch.Month;

/// <summary>What is said in the streets of a month, invented. No name, number or address of anybody.</summary>
public static class MonthTexts
{
    /// <summary>Public places of a community.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        "幸福小区东门", "牡丹广场", "农贸市场", "社区卫生站", "第一小学门口", "建设路早市", "老年活动中心", "汽车站候车厅", "人民公园南门", "党群服务中心", "物流园门岗", "沿河步道",
    ];

    /// <summary>What was said or done, by kind of contact.</summary>
    public static IReadOnlyDictionary<InteractionKind, IReadOnlyList<string>> Of { get; } = new Dictionary<InteractionKind, IReadOnlyList<string>>
    {
        [InteractionKind.Visit] =
        [
            "走访沿街商户，提醒夜间关好门窗、检查灭火器", "走访独居老人，检查燃气软管和用电，留下警民联系卡", "入户宣传反诈，帮老人安装反诈应用", "走访出租房，核对登记，讲明房东责任",
            "走访返乡务工家庭，了解生活困难", "走访快递网点，提醒实名收寄和电动车充电安全", "走访小餐馆，检查液化气存放", "走访新住户，告知社区服务点和开放时间",
            "走访学校周边商店，提醒不向未成年人售烟酒", "走访养老院，查看监控和消防通道", "走访物业，了解车位和门禁情况", "走访村民，听取对夜间路灯的意见", "走访牡丹种植户，提醒防盗和防诈骗",
            "走访电动车充电棚，查看线路老化情况", "走访低楼层住户，听取噪声情况", "走访残疾人家庭，协助联系社区办理补助",
        ],
        [InteractionKind.Meeting] =
        [
            "在广场宣讲防范养老诈骗，现场答疑", "与楼栋长碰头，梳理本周楼道堆物", "组织商户开会，讲夜间噪声和占道问题", "和物业、业主代表商量车位划线", "给小学生上交通安全课",
            "与网格员开周例会，交流走访情况", "组织义警培训夜巡要领",
        ],
        [InteractionKind.Tip] =
        [
            "居民反映废弃厂房夜间有人进出", "居民反映有人在楼道贴小额贷款广告", "居民提供线索：河边有人电鱼", "居民反映棋牌室深夜不关门",
        ],
        [InteractionKind.Request] =
        [
            "居民咨询居住证办理材料", "老人手机收到可疑短信，请民警帮看", "居民请求调看监控寻找丢失的三轮车", "居民咨询养犬登记", "家长求助：孩子放学未按时到家，已找到", "商户请求协调门口停车",
            "居民咨询户口迁移", "居民请求帮助联系走失老人的家属，老人已送回", "租户咨询退押金问题",
        ],
        [InteractionKind.Complaint] =
        [
            "居民投诉广场舞音量大", "居民投诉夜间烧烤油烟", "居民投诉车辆堵住单元门", "居民投诉工地夜间施工", "居民投诉流浪狗扰民", "居民投诉楼上漏水无人管",
        ],
        [InteractionKind.MediationSession] =
        [
            "现场劝解两户因晾衣引起的争吵，双方接受", "调解商户与顾客退货争执", "调解停车剐蹭，双方自行协商", "调解邻居之间宠物伤人后的赔偿，约定再谈",
        ],
        [InteractionKind.Warning] =
        [
            "对占用消防通道的商户当面告诫", "对电动车进楼充电的住户告诫并协助移车", "对违规燃放的人员告诫",
        ],
    };
}
