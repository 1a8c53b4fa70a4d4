using System.Collections.Immutable;

namespace Dispatch.Bureau;

/// <summary>Why a pair does not take an offer, where the bureau has no list of its own.</summary>
public static class DeclineReasons
{
    /// <summary>At work that is not in the system.</summary>
    public const string Busy = "busy";

    /// <summary>Too far away to be of use.</summary>
    public const string TooFar = "tooFar";

    /// <summary>Car, radio or protective equipment is missing or broken.</summary>
    public const string Equipment = "equipment";

    /// <summary>None of the others; the officer's own words are in the note.</summary>
    public const string Other = "other";

    /// <summary>The usual list.</summary>
    public static readonly ImmutableArray<CodedName> Usual =
    [
        new(Busy, "正在处理其他事务", "Busy"),
        new("onBreak", "就餐或休息", "On a break"),
        new(TooFar, "距离过远", "Too far away"),
        new("unsafe", "警力不足不宜单独前往", "Not safe to go"),
        new("unqualified", "不具备所需技能", "Not qualified"),
        new(Equipment, "装备或车辆故障", "Equipment failed"),
        new("conflict", "依规应当回避", "Conflict of interest"),
        new(Other, "其他原因", "Other"),
    ];
}
