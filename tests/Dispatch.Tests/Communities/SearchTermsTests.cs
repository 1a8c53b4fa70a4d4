using CsCheck;
using Dispatch.Communities;

namespace Dispatch.Tests.Communities;

/// <summary>Fails where a text is not found by a part of it, or where terms could break a query or an index.</summary>
public sealed class SearchTermsTests
{
    [Theory]
    [InlineData("走访独居老人", "老人", true)]
    [InlineData("走访独居老人", "人", true)]
    [InlineData("走访独居老人", "访居", false)]
    [InlineData("Gate No. 12 of ABC", "abc GATE", true)]
    [InlineData("Gate No. 12 of ABC", "ab", false)]
    [InlineData("电话１２３", "123", true)]
    [InlineData("", "x", false)]
    public void Text_IsFoundByWhatIsInIt(string text, string query, bool found) =>
        Assert.Equal(found, SearchTerms.OfQuery(query).All(SearchTerms.Of(text).ToHashSet().Contains));

    [Fact]
    public void AnyPartOfAChineseText_FindsIt() =>
        (from letters in Gen.Char['一', '龥'].Array[1, 60]
         from start in Gen.Int[0, letters.Length - 1]
         from length in Gen.Int[1, letters.Length - start]
         select (new string(letters), new string(letters, start, length)))
        .Sample(x => SearchTerms.OfQuery(x.Item2).All(SearchTerms.Of(x.Item1).ToHashSet().Contains));

    [Fact]
    public void Terms_AreShortLettersAndDigitsWhateverTheTextIs() => Gen.String.Sample(text => SearchTerms.Of(text).All(
        term => term.Length is > 0 and <= 130 && !term.Contains(' ', StringComparison.Ordinal) && !term.Contains('\'', StringComparison.Ordinal)));
}
