using Dispatch.Bureau;

namespace Dispatch.Demo;

/// <summary>Officers of the demonstration: invented, from common family and given names, the same ones every time.</summary>
public sealed class DemoOfficers
{
    private const ulong Seed = 7;

    private static readonly string[] FamilyNames =
    [
        "王", "李", "张", "刘", "陈", "杨", "赵", "孙", "周", "吴", "徐", "朱", "马", "胡", "郭", "何", "高", "郑", "梁", "宋", "韩", "冯", "曹", "程", "田", "董",
    ];

    private static readonly string[] SeniorNames =
    [
        "建国", "志强", "卫东", "德明", "秀英", "玉兰", "国庆", "保华", "桂芳", "长河", "文祥", "克勤", "淑珍", "红旗", "广义", "守信", "凤霞", "连生", "传海", "兆丰",
    ];

    private static readonly string[] YoungNames =
    [
        "浩然", "雨桐", "子轩", "思远", "欣怡", "宇航", "梓涵", "一鸣", "佳琪", "俊杰", "晓彤", "博文", "若曦", "天宇", "诗雨", "泽凯", "明哲", "婉清", "启航", "嘉宁",
    ];

    private static readonly string[] SeniorSkills = ["dialect", "firstAid", "negotiation", "rural"];

    private static readonly string[] YoungSkills = ["technology", "drone", "data", "english", "antiFraud"];

    private readonly RepeatableRandom random = new(Seed);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>The next green leaf (绿叶): knows the streets and the people.</summary>
    public OfficerInfo NextGreenLeaf(string id) => new(id, NextName(SeniorNames), OfficerRole.GreenLeaf, ["mediation", "community", Pick(SeniorSkills)]);

    /// <summary>The next red flower (红花): strong in technology.</summary>
    public OfficerInfo NextRedFlower(string id)
    {
        var first = random.Below(YoungSkills.Length);
        var second = (first + 1 + random.Below(YoungSkills.Length - 1)) % YoungSkills.Length;
        return new OfficerInfo(id, NextName(YoungNames), OfficerRole.RedFlower, [YoungSkills[first], YoungSkills[second]]);
    }

    private string NextName(string[] givenNames)
    {
        string name;
        do
        {
            name = Pick(FamilyNames) + Pick(givenNames);
        }
        while (!taken.Add(name));
        return name;
    }

    private string Pick(string[] from) => from[random.Below(from.Length)];
}
