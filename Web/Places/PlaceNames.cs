using System.Text;
using Dispatch.Communities;

namespace Dispatch.Places;

/// <summary>By what a place is found. Both databases and what is looked up in memory use the same lines, so all find and rank the same.</summary>
/// <param name="Keys">Name, English name and the ways to type the name, without blanks within each: what a query is compared with as a whole.</param>
/// <param name="Terms">Terms as in <see cref="SearchTerms"/>, and each end of the ways to type the name, which a query may be the beginning of.</param>
public sealed record PlaceNames(string Keys, string Terms)
{
    /// <summary>Most letters of one end of a name; nobody types more to find it.</summary>
    private const int MostLetters = 40;

    /// <summary>Makes them.</summary>
    /// <param name="name">Name.</param>
    /// <param name="nameEn">English name.</param>
    /// <param name="address">Address, found by its characters and words.</param>
    public static PlaceNames Of(string name, string? nameEn, string? address)
    {
        var ways = Pinyin.WaysOf(name);
        IEnumerable<string> keys = [Fold(name), Fold(nameEn), .. ways.SelectMany(x => new[] { Initials(x), string.Concat(x) })];
        IEnumerable<string> terms = [.. SearchTerms.Of(name), .. SearchTerms.Of(nameEn), .. SearchTerms.Of(address), .. ways.SelectMany(Ends)];
        return new PlaceNames(Line(keys), Line(terms));
    }

    /// <summary>A text as keys are compared: small letters and digits alone.</summary>
    public static string Fold(string? text) => text is null
        ? string.Empty
        : string.Concat(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(x => x.ToString()));

    /// <summary>Whether all terms of a query are there.</summary>
    public bool Match(PlaceText query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Terms.All(x => Terms.Contains(x.InLine, StringComparison.Ordinal));
    }

    /// <summary>How well a query fits: 0 it is the name, 1 the beginning of it, 2 a part of it, 3 found otherwise.</summary>
    public int RankOf(PlaceText query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Keys.Contains($" {query.Folded} ", StringComparison.Ordinal) ? 0
            : Keys.Contains($" {query.Folded}", StringComparison.Ordinal) ? 1
            : Keys.Contains(query.Folded, StringComparison.Ordinal) ? 2
            : 3;
    }

    private static string Line(IEnumerable<string> words) => $" {string.Join(' ', words.Where(x => x.Length > 0).Distinct(StringComparer.Ordinal))} ";

    /// <summary>Of a syllable the first letter; of a number or a word in other letters all of it.</summary>
    private static string Initials(IEnumerable<string> syllables) => string.Concat(syllables.Select(x => char.IsAsciiLetter(x[0]) ? x[..1] : x));

    private static IEnumerable<string> Ends(IReadOnlyList<string> syllables) => Enumerable.Range(0, syllables.Count)
        .SelectMany(x => new[] { Initials(syllables.Skip(x)), string.Concat(syllables.Skip(x)) })
        .Select(x => x.Length > MostLetters ? x[..MostLetters] : x);
}

/// <summary>What somebody typed to find a place.</summary>
/// <param name="Folded">All of it, as keys are compared.</param>
/// <param name="Terms">What must be there.</param>
public sealed record PlaceText(string Folded, IReadOnlyList<PlaceTerm> Terms)
{
    /// <summary>Reads it; null where nothing is in it by which a place could be found.</summary>
    public static PlaceText? Of(string? text)
    {
        var terms = SearchTerms.OfQuery(text);
        return terms.Count == 0 ? null : new PlaceText(PlaceNames.Fold(text), [.. terms.Select(x => new PlaceTerm(x, !IsChinese(x)))]);
    }

    private static bool IsChinese(string term) => Rune.GetUnicodeCategory(Rune.GetRuneAt(term, 0)) == System.Globalization.UnicodeCategory.OtherLetter;
}

/// <summary>A term of a query.</summary>
/// <param name="Value">The term.</param>
/// <param name="IsBeginning">Whether a word may go on behind it, as while it is being typed.</param>
public sealed record PlaceTerm(string Value, bool IsBeginning)
{
    /// <summary>As it is found in a line of terms.</summary>
    public string InLine => IsBeginning ? $" {Value}" : $" {Value} ";
}
