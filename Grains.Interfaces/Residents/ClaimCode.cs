using System.Globalization;
using System.Numerics;
using System.Text;

namespace Dispatch.Residents;

/// <summary>
/// A claim code (凭证码): what a resident without an account holds to come back to a tip, a complaint or a request. A letter that says what it is for, 26 symbols
/// of Crockford's base 32 (130 bits) and two check symbols, in groups of four: <c>T-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX</c>. Never stored and never in a URL.
/// </summary>
public readonly record struct ClaimCode
{
    /// <summary>Letter of a tip's code.</summary>
    public const char Tip = 'T';

    /// <summary>Letter of a complaint's code.</summary>
    public const char Complaint = 'K';

    /// <summary>Letter of the code by which a resident says whether a request is solved.</summary>
    public const char Satisfaction = 'S';

    /// <summary>Bytes that a code is made of: 136 bits, of which 130 count.</summary>
    public const int Bytes = 17;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Symbols = 26;
    private const int MostLetters = 64;
    private const int Group = 4;

    /// <summary>The largest prime below 32²: tells every one wrong symbol and every two neighbours that changed places.</summary>
    private const int Modulus = 1021;

    private readonly string? plain;

    private ClaimCode(string plain) => this.plain = plain;

    /// <summary>What it is for.</summary>
    public char Kind => plain![0];

    /// <summary>As it is digested: capitals without hyphens.</summary>
    public string Plain => plain!;

    /// <summary>A code of random bytes.</summary>
    /// <param name="kind">What it is for: <see cref="Tip"/>, <see cref="Complaint"/> or <see cref="Satisfaction"/>.</param>
    /// <param name="random">At least <see cref="Bytes"/> bytes that nobody can guess.</param>
    public static ClaimCode Of(char kind, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(random.Length, Bytes, nameof(random));
        var number = new BigInteger(random[..Bytes], isUnsigned: true, isBigEndian: true);
        var text = new StringBuilder().Append(kind);
        for (var i = 0; i < Symbols; i++)
        {
            text.Append(Alphabet[(int)(number % 32)]);
            number /= 32;
        }

        var body = text.ToString();
        return new ClaimCode(body + CheckOf(body));
    }

    /// <summary>Reads what somebody typed: small letters, blanks and hyphens anywhere, O for 0, I and L for 1.</summary>
    /// <returns>False where it is no code, or has a slip.</returns>
    public static bool TryParse(string? text, out ClaimCode code)
    {
        code = default;
        if (text is null || text.Length > MostLetters)
        {
            return false;
        }

        var letters = string.Concat(text.Normalize(NormalizationForm.FormKC).ToUpper(CultureInfo.InvariantCulture)
            .Where(x => !char.IsWhiteSpace(x) && x is not ('-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014'))
            .Select(x => x switch { 'O' => '0', 'I' or 'L' => '1', var other => other }));
        if (letters.Length != 1 + Symbols + 2 || letters[0] is not (Tip or Complaint or Satisfaction) || letters.Any(x => !Alphabet.Contains(x, StringComparison.Ordinal)))
        {
            return false;
        }

        if (letters[^2..] != CheckOf(letters[..^2]))
        {
            return false;
        }

        code = new ClaimCode(letters);
        return true;
    }

    /// <summary>As it is shown.</summary>
    public override string ToString() => plain is null ? string.Empty : $"{plain[0]}-{string.Join('-', plain[1..].Chunk(Group).Select(x => new string(x)))}";

    private static string CheckOf(string body)
    {
        var remainder = body.Aggregate(0, (sum, letter) => ((sum * 32) + Alphabet.IndexOf(letter, StringComparison.Ordinal)) % Modulus);
        return $"{Alphabet[remainder / 32]}{Alphabet[remainder % 32]}";
    }
}
