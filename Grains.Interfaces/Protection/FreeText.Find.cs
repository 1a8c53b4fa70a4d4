using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Dispatch.Protection;

/// <content>How they are found: runs of digits with the signs that people write between them, then the shape and check digit of the run.</content>
public static partial class FreeText
{
    private const int LongestCard = 19;
    private static readonly int[] IdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Everything that looks like a person's number, in order.</summary>
    public static ImmutableArray<Suspect> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = Plain(text);
        var found = ImmutableArray.CreateBuilder<Suspect>();
        foreach (var run in Runs().EnumerateMatches(plain))
        {
            Examine(plain.AsSpan(run.Index, run.Length), run.Index, found);
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
                '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
                var other => other,
            };
        }
    });

    private static void Examine(ReadOnlySpan<char> run, int start, ImmutableArray<Suspect>.Builder found)
    {
    }

    /// <summary>Digits with at most one sign between each two; an x may end an identity number.</summary>
    [GeneratedRegex(@"\+?\d(?:[ \-()]{0,2}\d)*(?:[ \-]?[Xx](?![A-Za-z]))?")]
    private static partial Regex Runs();
}
