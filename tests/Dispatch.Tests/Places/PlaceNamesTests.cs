using Dispatch.Places;

namespace Dispatch.Tests.Places;

/// <summary>How places are typed. Fails where a name is not found by its characters, its pinyin, its initials or its English words, or by something that is not in it.</summary>
public sealed class PlaceNamesTests
{
    private static readonly PlaceNames School = PlaceNames.Of("单县第一中学", "Shan County No. 1 Middle School", "单县长江路 12 号");

    [Theory]
    [InlineData("单县"), InlineData("一中学"), InlineData("第一 单县"), InlineData("sxdyzx"), InlineData("dxdyzx"), InlineData("shanxiandiyi"), InlineData("dyz"), InlineData("diyizhongxue")]
    [InlineData("middle sch"), InlineData("SHAN"), InlineData("长江路"), InlineData("单县 zhongxue")]
    public void Place_TypedInAnyUsualWay_IsFound(string typed) => Assert.True(School.Match(PlaceText.Of(typed)!));

    [Theory, InlineData("县单"), InlineData("yzxd"), InlineData("iyizhong"), InlineData("school2"), InlineData("小学")]
    public void Place_TypedOtherwise_IsNotFound(string typed) => Assert.False(School.Match(PlaceText.Of(typed)!));

    [Theory]
    [InlineData("单县第一中学", 0), InlineData("sxdyzx", 0), InlineData("单县", 1), InlineData("sx", 1), InlineData("第一中学", 2), InlineData("dyzx", 2), InlineData("长江路", 3)]
    public void Rank_OfANameItsBeginningAPartAndTheAddress_GoesDown(string typed, int rank) => Assert.Equal(rank, School.RankOf(PlaceText.Of(typed)!));

    [Theory, InlineData("吕陵镇", "lvling"), InlineData("吕陵镇", "luling"), InlineData("重庆路", "chongqing"), InlineData("A座12楼", "azuo12lou"), InlineData("A座12楼", "az12l")]
    public void Pinyin_WithSeveralReadingsOrOtherLetters_IsFound(string name, string typed) => Assert.True(PlaceNames.Of(name, null, null).Match(PlaceText.Of(typed)!));

    [Fact]
    public void Pinyin_OfANameWithManyReadings_StaysShort() => Assert.InRange(Pinyin.WaysOf(new string('长', 50)).Count, 1, 8);

    [Theory, InlineData(null), InlineData(""), InlineData("  ！ ")]
    public void Text_WithNothingToFindBy_IsNone(string? typed) => Assert.Null(PlaceText.Of(typed));
}
