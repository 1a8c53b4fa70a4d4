using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Dispatch.Protection;

/// <content>
/// How they are found: runs of digits with the signs that people write between them; of a run, its groups of digits as they stand and joined, by shape
/// and check digit. A number of ours (<c>B02-20261124-0001</c>), a date, a time, an amount or a coordinate has none of these shapes.
/// </content>
public static partial class FreeText
{
    private const int LongestRun = 40;
    private const int MostGroups = 7;
    private const int MostFound = 20;

    /// <summary>First two digits of GB/T 2260, in order; 91 is abroad.</summary>
    private static readonly string[] Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53",
        "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91",
    ];

    private static readonly int[] IdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Everything that looks like a person's number, in order; at most 20.</summary>
    public static ImmutableArray<Suspect> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = IncidentNumbers().Replace(Plain(text), x => new string('#', x.Length));
        var found = ImmutableArray.CreateBuilder<Suspect>();
        foreach (Match run in Runs().Matches(plain))
        {
            Examine(run, found);
            if (found.Count == MostFound)
            {
                break;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Full-width digits and signs as their plain ones, character by character, so that places stay.</summary>
    private static string Plain(string text) => string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = text[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' and var wide => (char)(wide - 0xFEE0),
                '\u3000' or '\u00A0' or '\t' => ' ',
                >= '\u2010' and <= '\u2015' => '-',
                '\u2212' => '-',
                var other => other,
            };
        }
    });

    /// <summary>Looks at every row of neighbouring groups of a run, longest first, and goes on behind what it found.</summary>
    private static void Examine(Match run, ImmutableArray<Suspect>.Builder found)
    {
        var groups = Groups().Matches(run.Value);
        for (var first = 0; first < groups.Count; first++)
        {
            for (var last = Math.Min(groups.Count, first + MostGroups) - 1; last >= first; last--)
            {
                var digits = string.Concat(groups.Skip(first).Take(last - first + 1).Select(x => x.Value));
                if (digits.Length <= LongestRun && KindOf(digits, groups, first, last, run.Value) is { } kind)
                {
                    var start = groups[first].Index;
                    found.Add(new Suspect(kind, run.Index + start, groups[last].Index + groups[last].Length - start));
                    first = last;
                    break;
                }
            }
        }
    }

    private static SuspectKind? KindOf(string digits, MatchCollection groups, int first, int last, string run) =>
        IsIdNumber(digits) ? SuspectKind.IdNumber
        : IsMobile(digits) && IsWrittenLikeAPhone(groups, first, last) ? SuspectKind.MobileNumber
        : IsLandline(groups, first, last, run) ? SuspectKind.Landline
        : IsCard(digits) && IsWrittenLikeACard(groups, first, last) ? SuspectKind.BankCard
        : null;

    /// <summary>GB 11643-1999: six of the place, the birth date, three of order, a check digit; before 1999 fifteen digits with a year of two.</summary>
    private static bool IsIdNumber(string x)
    {
        if (x.Length == 15)
        {
            return x.ContainsOnlyDigits() && IsProvince(x) && IsDate($"19{x.Substring(6, 6)}");
        }

        if (x.Length != 18 || !x[..17].ContainsOnlyDigits() || !IsProvince(x) || !IsDate(x.Substring(6, 8)))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < IdWeights.Length; i++)
        {
            sum += (x[i] - '0') * IdWeights[i];
        }

        return "10X98765432"[sum % 11] == char.ToUpperInvariant(x[17]);
    }

    private static bool IsProvince(string x) => Array.BinarySearch(Provinces, x[..2], StringComparer.Ordinal) >= 0;

    private static bool IsDate(string yyyyMMdd) =>
        DateOnly.TryParseExact(yyyyMMdd, "yyyyMMdd", out var date) && date.Year is >= 1850 and <= 2100;

    /// <summary>1 and 3 to 9, eleven digits, perhaps behind the country's 86.</summary>
    private static bool IsMobile(string x)
    {
        var number = x.StartsWith("0086", StringComparison.Ordinal) ? x[4..] : x.Length == 13 && x.StartsWith("86", StringComparison.Ordinal) ? x[2..] : x;
        return number.Length == 11 && number[0] == '1' && number[1] is >= '3' and <= '9' && number.ContainsOnlyDigits();
    }

    /// <summary>Groups of a telephone number have two digits or more; single ones are a list.</summary>
    private static bool IsWrittenLikeAPhone(MatchCollection groups, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (groups[i].Length < 2 && last > first && !(i == first && groups[i].Value == "1"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An area code (0 and two or three digits) and seven or eight digits, apart or in one.</summary>
    private static bool IsLandline(MatchCollection groups, int first, int last, string run)
    {
        var digits = string.Concat(groups.Skip(first).Take(last - first + 1).Select(x => x.Value));
        var number = digits.StartsWith("0086", StringComparison.Ordinal) ? $"0{digits[4..]}"
            : digits.StartsWith("86", StringComparison.Ordinal) && run.Contains('+', StringComparison.Ordinal) ? $"0{digits[2..]}"
            : digits;
        return number.Length is >= 10 and <= 12 && number[0] == '0' && number[1] is >= '1' and <= '9' && number.ContainsOnlyDigits()
            && (number[1] is '1' or '2' ? number.Length == 11 && number[3] is >= '2' and <= '9' : number.Length >= 11 && number[4] is >= '2' and <= '9');
    }

    /// <summary>15 to 19 digits that fulfil Luhn's sum, as a card's number does, and are no moment written in one.</summary>
    private static bool IsCard(string x)
    {
        if (x.Length is < 15 or > 19 || !x.ContainsOnlyDigits() || x[0] is '0' or '1' or '7' or '8' || (x[0] == '2' && IsDate(x[..8])))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var digit = x[x.Length - 1 - i] - '0';
            sum += i % 2 == 0 ? digit : (2 * digit / 10) + (2 * digit % 10);
        }

        return sum % 10 == 0;
    }

    /// <summary>In one, or in groups of four (the last may be shorter, American Express has six and five).</summary>
    private static bool IsWrittenLikeACard(MatchCollection groups, int first, int last)
    {
        for (var i = first; i < last; i++)
        {
            if (groups[i].Length is < 4 or > 6)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ContainsOnlyDigits(this string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>A number of an incident: its station, the day, the count of the day.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{0,15}-20\d{6}-\d{4,6}(?!\d)")]
    private static partial Regex IncidentNumbers();

    /// <summary>Groups of digits with a sign or two between them, perhaps with an x at the end; not the decimals of a coordinate, not what has decimals itself.</summary>
    [GeneratedRegex(@"(?<!(?<!\d)\d{1,3}\.)(?<!\d)\+?\(?\d+(?:[ \-()]{1,2}\d+)*(?:[ \-]?[Xx])?(?!\d)(?!\.\d{1,2}(?!\d))")]
    private static partial Regex Runs();

    [GeneratedRegex(@"\d+|[Xx]")]
    private static partial Regex Groups();
}
