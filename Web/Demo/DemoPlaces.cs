namespace Dispatch.Demo;

/// <summary>A town of the demonstration: one community of the bureau.</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Lat">Latitude of its seat in WGS-84 degrees, approximate.</param>
/// <param name="Lon">Longitude of its seat in WGS-84 degrees, approximate.</param>
/// <param name="HasPair">False where the roll-out has not come yet.</param>
public sealed record DemoTown(string Id, string Name, string NameEn, double Lat, double Lon, bool HasPair = true);

/// <summary>A county or district of the demonstration: one station of the bureau.</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="CallSign">What its pairs' call signs start with.</param>
/// <param name="Towns">Its towns, the seat of the county first.</param>
public sealed record DemoCounty(string Id, string Name, string NameEn, string CallSign, IReadOnlyList<DemoTown> Towns);

/// <summary>The nine counties and districts of Heze with some of their towns, and a rough outline of the prefecture. All places are approximate.</summary>
public static class DemoPlaces
{
    /// <summary>Counties and districts in the usual order.</summary>
    public static IReadOnlyList<DemoCounty> Counties { get; } =
    [
        new("mudan", "牡丹区", "Mudan District", "牡丹",
        [
            new("mudan-dongcheng", "东城街道", "Dongcheng Subdistrict", 35.250, 115.492),
            new("mudan-xicheng", "西城街道", "Xicheng Subdistrict", 35.246, 115.420),
            new("mudan-nancheng", "南城街道", "Nancheng Subdistrict", 35.208, 115.456),
            new("mudan-beicheng", "北城街道", "Beicheng Subdistrict", 35.288, 115.448),
            new("mudan-mudan", "牡丹街道", "Mudan Subdistrict", 35.338, 115.478),
            new("mudan-shatu", "沙土镇", "Shatu Town", 35.262, 115.702),
            new("mudan-malinggang", "马岭岗镇", "Malinggang Town", 35.162, 115.342),
            new("mudan-licun", "李村镇", "Licun Town", 35.378, 115.262, HasPair: false),
        ]),
        new("dingtao", "定陶区", "Dingtao District", "定陶",
        [
            new("dingtao-tianzhong", "天中街道", "Tianzhong Subdistrict", 35.071, 115.573),
            new("dingtao-rangu", "冉堌镇", "Rangu Town", 34.992, 115.692),
            new("dingtao-chenji", "陈集镇", "Chenji Town", 35.138, 115.722),
            new("dingtao-zhangwan", "张湾镇", "Zhangwan Town", 35.082, 115.448),
        ]),
        new("caoxian", "曹县", "Cao County", "曹县",
        [
            new("caoxian-caocheng", "曹城街道", "Caocheng Subdistrict", 34.842, 115.532),
            new("caoxian-panshi", "磐石街道", "Panshi Subdistrict", 34.800, 115.562),
            new("caoxian-zhuangzhai", "庄寨镇", "Zhuangzhai Town", 34.982, 115.232),
            new("caoxian-daji", "大集镇", "Daji Town", 34.738, 115.628),
            new("caoxian-qingguji", "青固集镇", "Qingguji Town", 34.682, 115.732),
            new("caoxian-liangditou", "梁堤头镇", "Liangditou Town", 34.652, 115.452, HasPair: false),
        ]),
        new("shanxian", "单县", "Shan County", "单县",
        [
            new("shanxian-yuanyi", "园艺街道", "Yuanyi Subdistrict", 34.796, 116.087),
            new("shanxian-guocun", "郭村镇", "Guocun Town", 34.772, 115.902),
            new("shanxian-huanggang", "黄岗镇", "Huanggang Town", 34.652, 116.032),
            new("shanxian-zhongxing", "终兴镇", "Zhongxing Town", 34.738, 116.288),
            new("shanxian-zhangji", "张集镇", "Zhangji Town", 34.892, 116.212, HasPair: false),
        ]),
        new("chengwu", "成武县", "Chengwu County", "成武",
        [
            new("chengwu-wenting", "文亭街道", "Wenting Subdistrict", 34.953, 115.890),
            new("chengwu-datianji", "大田集镇", "Datianji Town", 35.082, 115.942),
            new("chengwu-wenshangji", "汶上集镇", "Wenshangji Town", 34.912, 115.762),
            new("chengwu-baifutu", "白浮图镇", "Baifutu Town", 34.902, 116.012),
        ]),
        new("juye", "巨野县", "Juye County", "巨野",
        [
            new("juye-fenghuang", "凤凰街道", "Fenghuang Subdistrict", 35.382, 116.072),
            new("juye-yongfeng", "永丰街道", "Yongfeng Subdistrict", 35.412, 116.112),
            new("juye-longgu", "龙堌镇", "Longgu Town", 35.342, 115.892),
            new("juye-daxieji", "大谢集镇", "Daxieji Town", 35.222, 116.048),
            new("juye-dushan", "独山镇", "Dushan Town", 35.292, 116.208, HasPair: false),
        ]),
        new("yuncheng", "郓城县", "Yuncheng County", "郓城",
        [
            new("yuncheng-yunzhou", "郓州街道", "Yunzhou Subdistrict", 35.588, 115.928),
            new("yuncheng-tangta", "唐塔街道", "Tangta Subdistrict", 35.618, 115.962),
            new("yuncheng-huangan", "黄安镇", "Huang'an Town", 35.522, 115.778),
            new("yuncheng-houyanji", "侯咽集镇", "Houyanji Town", 35.662, 115.802),
            new("yuncheng-liji", "李集镇", "Liji Town", 35.772, 115.838, HasPair: false),
        ]),
        new("juancheng", "鄄城县", "Juancheng County", "鄄城",
        [
            new("juancheng-guquan", "古泉街道", "Guquan Subdistrict", 35.563, 115.510),
            new("juancheng-jiucheng", "旧城镇", "Jiucheng Town", 35.682, 115.532),
            new("juancheng-hongchuan", "红船镇", "Hongchuan Town", 35.602, 115.662),
            new("juancheng-linpu", "临濮镇", "Linpu Town", 35.488, 115.352),
        ]),
        new("dongming", "东明县", "Dongming County", "东明",
        [
            new("dongming-chengguan", "城关街道", "Chengguan Subdistrict", 35.282, 115.078),
            new("dongming-yuwo", "渔沃街道", "Yuwo Subdistrict", 35.322, 115.122),
            new("dongming-dongmingji", "东明集镇", "Dongmingji Town", 35.162, 115.062),
            new("dongming-sanchunji", "三春集镇", "Sanchunji Town", 35.042, 115.022, HasPair: false),
            new("dongming-luquan", "陆圈镇", "Luquan Town", 35.232, 115.222),
        ]),
    ];

    /// <summary>The prefecture's outline, drawn by hand: latitude and longitude in WGS-84 degrees, clockwise from the south-west along the Yellow River.</summary>
    public static IReadOnlyList<(double Lat, double Lon)> Outline { get; } =
    [
        (34.99, 114.93), (35.06, 114.86), (35.19, 114.90), (35.30, 114.97), (35.40, 115.06), (35.44, 115.17),
        (35.50, 115.24), (35.58, 115.34), (35.69, 115.38), (35.75, 115.49), (35.77, 115.63), (35.84, 115.74),
        (35.88, 115.86), (35.81, 115.97), (35.76, 116.06), (35.66, 116.09), (35.58, 116.13), (35.53, 116.23),
        (35.42, 116.28), (35.28, 116.31), (35.19, 116.24), (35.14, 116.10), (35.04, 116.08), (34.98, 116.19),
        (34.94, 116.33), (34.85, 116.41), (34.72, 116.39), (34.63, 116.30), (34.58, 116.14), (34.57, 115.99),
        (34.63, 115.88), (34.57, 115.75), (34.60, 115.60), (34.55, 115.46), (34.63, 115.34), (34.74, 115.30),
        (34.83, 115.20), (34.92, 115.11), (34.95, 115.01),
    ];
}
