using System.Security.Cryptography;
using CsCheck;
using Dispatch.Residents;

namespace Dispatch.Tests.Residents;

/// <summary>Fails where a claim code that was typed as people type is not understood, or where one with a slip is taken for another.</summary>
public sealed class ClaimCodeTests
{
    private static readonly Gen<ClaimCode> Codes = Gen.Select(
        Gen.Int[0, 2].Select(x => "TKS"[x]), Gen.Byte.Array[ClaimCode.Bytes], (kind, bytes) => ClaimCode.Of(kind, bytes));

    [Fact]
    public void Code_HowItIsTyped_DoesNotMatter() => Codes.Sample(code =>
    {
        foreach (var typed in new[]
        {
            code.ToString(), code.Plain, code.ToString().ToLowerInvariant(), code.ToString().Replace('0', 'o').Replace('1', 'l'), $"  {code.ToString().Replace('-', ' ')} ",
            string.Concat(code.ToString().Select(x => x == '-' ? '—' : (char)(x + 0xFEE0))),
        })
        {
            Assert.True(ClaimCode.TryParse(typed, out var read), typed);
            Assert.Equal(code, read);
        }
    });

    [Fact]
    public void Code_WithOneWrongSymbolOrTwoExchanged_IsNone() => Gen.Select(Codes, Gen.Int[1, 28], Gen.Int[1, 31]).Sample((code, at, by) =>
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var wrong = code.Plain.ToCharArray();
        wrong[at] = Alphabet[(Alphabet.IndexOf(wrong[at], StringComparison.Ordinal) + by) % 32];
        Assert.False(ClaimCode.TryParse(new string(wrong), out _));

        var exchanged = code.Plain.ToCharArray();
        var other = at == 28 ? 27 : at + 1;
        (exchanged[at], exchanged[other]) = (exchanged[other], exchanged[at]);
        Assert.Equal(exchanged[at] == exchanged[other], ClaimCode.TryParse(new string(exchanged), out _));
    });

    [Theory, InlineData(null), InlineData(""), InlineData("T-"), InlineData("😀"), InlineData("T-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")]
    public void Code_ThatIsNone_IsRefused(string? text) => Assert.False(ClaimCode.TryParse(text, out _));

    [Fact]
    public void Code_Carries130BitsInGroupsThatCanBeRead()
    {
        var code = ClaimCode.Of(ClaimCode.Tip, RandomNumberGenerator.GetBytes(ClaimCode.Bytes));
        Assert.Matches("^T(-[0-9A-HJKMNP-TV-Z]{4}){7}$", code.ToString());
        Assert.NotEqual(code, ClaimCode.Of(ClaimCode.Tip, RandomNumberGenerator.GetBytes(ClaimCode.Bytes)));
    }
}
