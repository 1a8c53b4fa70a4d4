using System.Text;
using AnyAscii;

namespace Dispatch.Places;

/// <summary>
/// How a Chinese name is typed on a keyboard without its characters: by the syllables, or by their initials. The readings are those of the any-ascii tables, one a
/// character; what is read otherwise in names of places, and the ü that is typed as v, is added here.
/// </summary>
public static class Pinyin
{
    /// <summary>Most ways of one name; beyond them a further reading is left out.</summary>
    private const int MostWays = 8;

    /// <summary>Further readings that occur in names of places.</summary>
    private static readonly Dictionary<char, string> Further = new()
    {
        ['长'] = "chang", ['单'] = "shan", ['重'] = "chong", ['行'] = "hang", ['朝'] = "zhao", ['乐'] = "yue", ['厦'] = "xia", ['解'] = "xie", ['曾'] = "zeng",
        ['校'] = "jiao", ['堡'] = "pu", ['车'] = "ju", ['石'] = "dan", ['尉'] = "yu", ['盖'] = "ge", ['会'] = "kuai", ['都'] = "du", ['种'] = "chong", ['台'] = "tai",
        ['吕'] = "lv", ['绿'] = "lv", ['女'] = "nv", ['旅'] = "lv", ['律'] = "lv", ['驴'] = "lv", ['铝'] = "lv", ['履'] = "lv", ['侣'] = "lv",
    };

    /// <summary>The ways to type a name, each as its syllables in small letters; a word that is no Chinese is one syllable. Empty where nothing in it is Chinese.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> WaysOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<List<string>> ways = [[]];
        var hasChinese = false;
        var word = new StringBuilder();
        foreach (var rune in name.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherLetter)
            {
                hasChinese = true;
                EndWord();
                ways = Continue(ways, ReadingsOf(rune));
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else
            {
                EndWord();
            }
        }

        EndWord();
        return hasChinese ? ways : [];

        void EndWord()
        {
            if (word.Length > 0)
            {
                ways = Continue(ways, [word.ToString()]);
                word.Clear();
            }
        }
    }

    private static List<string> ReadingsOf(Rune rune)
    {
        List<string> readings = [];
        if (rune.ToString().Transliterate().ToLowerInvariant() is { Length: > 0 } usual && usual.All(char.IsAsciiLetter))
        {
            readings.Add(usual);
        }

        if (rune.IsBmp && Further.TryGetValue((char)rune.Value, out var further) && !readings.Contains(further))
        {
            readings.Add(further);
        }

        return readings;
    }

    private static List<List<string>> Continue(List<List<string>> ways, List<string> readings) =>
        readings.Count == 0 ? ways
        : [.. readings.Take(ways.Count * readings.Count <= MostWays ? readings.Count : 1).SelectMany(reading => ways.Select(way => (List<string>)[.. way, reading]))];
}
