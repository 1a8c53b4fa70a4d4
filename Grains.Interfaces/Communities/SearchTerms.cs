using System.Globalization;
using System.Text;

namespace Dispatch.Communities;

/// <summary>
/// The terms by which a text is found. Chinese has no spaces, and no database here cuts it into words, so a run of Chinese characters is found by each
/// character and each two neighbours of it; other writing by its words. Both databases index and search the same terms, so they find the same.
/// </summary>
public static class SearchTerms
{
    /// <summary>Most terms of one text: those of 2,000 Chinese characters.</summary>
    private const int MostTerms = 4000;

    /// <summary>Most characters of a word that count; PostgreSQL takes no lexeme of more than 2 kB.</summary>
    private const int MostLetters = 64;

    /// <summary>The distinct terms of a text, in order of first appearance.</summary>
    public static IReadOnlyList<string> Of(string? text) => Collect(text, Index);

    /// <summary>The terms that a text must have to be found by a query: all of them.</summary>
    public static IReadOnlyList<string> OfQuery(string? query) => Collect(query, Query);

    /// <summary>The terms of a text as one line, each between blanks; empty where it has none.</summary>
    public static string Line(string? text) => Of(text) is { Count: > 0 } terms ? $" {string.Join(' ', terms)} " : string.Empty;

    private static List<string> Collect(string? text, Func<IReadOnlyList<string>, IEnumerable<string>> termsOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var terms = new List<string>();
        foreach (var term in Runs(text ?? string.Empty).SelectMany(x => x.Ideographic ? termsOf(x.Letters) : [string.Concat(x.Letters.Take(MostLetters))]))
        {
            if (terms.Count < MostTerms && seen.Add(term))
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    private static IEnumerable<string> Index(IReadOnlyList<string> letters) => letters.Concat(Neighbours(letters));

    private static IEnumerable<string> Query(IReadOnlyList<string> letters) => letters.Count == 1 ? letters : Neighbours(letters);

    private static IEnumerable<string> Neighbours(IReadOnlyList<string> letters) => letters.Zip(letters.Skip(1), (one, next) => one + next);

    /// <summary>Runs of letters of one kind of writing: with capitals, full-width forms and the like made alike.</summary>
    private static IEnumerable<(bool Ideographic, List<string> Letters)> Runs(string text)
    {
        List<string>? run = null;
        var ideographic = false;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            var isLetter = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            var isIdeograph = Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter;
            if (run is not null && (!isLetter || isIdeograph != ideographic))
            {
                yield return (ideographic, run);
                run = null;
            }

            if (isLetter)
            {
                ideographic = isIdeograph;
                (run ??= []).Add(rune.ToString());
            }
        }

        if (run is not null)
        {
            yield return (ideographic, run);
        }
    }
}
