using System.Globalization;
using CsCheck;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Tests.Protection;

/// <summary>Free text that looks like a person's number is flagged before it is saved. Fails where a number slips through, or ordinary words of an officer are flagged.</summary>
public sealed class FreeTextTests
{
    private static readonly string[] Places = ["110105", "371702", "650102", "440300"];
    private static readonly string[] AreaCodes = ["010", "021", "0530", "0531", "0755"];
    private static readonly string[] Before = ["", "电话", "电话：", "tel:", "Tel", "No.", "微信/", "，", "他说 ", "("];
    private static readonly string[] After = ["", "。", "，请回电", " asap", ")", "/", "x801", "号"];

    private static readonly Gen<string> Digits17 = Gen.Select(
        OneOf(Places), Gen.DateTime[new DateTime(1920, 1, 1), new DateTime(2020, 1, 1)], Gen.Int[1, 999],
        (place, born, order) => string.Create(CultureInfo.InvariantCulture, $"{place}{born:yyyyMMdd}{order:000}"));

    private static readonly Gen<string> IdNumbers = Digits17.Select(x => x + CheckDigit(x));

    private static readonly Gen<string> OldIdNumbers = Digits17.Where(x => x[6] == '1').Select(x => x[..6] + x[8..]);

    private static readonly Gen<string> Mobiles = Gen.Select(Gen.Int[3, 9], Gen.Int[0, 999_999_999], (second, rest) => string.Create(CultureInfo.InvariantCulture, $"1{second}{rest:000000000}"));

    private static readonly Gen<string> WrittenMobiles = Gen.Select(Mobiles, OneOf("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "+86 {0}{1}{2}", "+86-{0}-{1}-{2}", "86{0}{1}{2}", "0086 {0} {1}{2}"),
        (x, form) => string.Format(CultureInfo.InvariantCulture, form, x[..3], x[3..7], x[7..]));

    private static readonly Gen<string> Landlines = Gen.Select(
        OneOf(AreaCodes), Gen.Int[20_000_000, 99_999_999], OneOf("{0}{1}", "{0}-{1}", "({0}){1}", "({0}) {1}", "{0}—{1}"),
        (area, number, form) => string.Format(CultureInfo.InvariantCulture, form, area, number));

    private static readonly Gen<string> Cards = Gen.Select(OneOf("62284800", "62170019", "41111111", "95588023"), Gen.Int[0, 999_999_999], Gen.Int[7, 9], Gen.Bool,
        (bank, number, length, grouped) => Written(WithLuhn(bank + number.ToString("000000000", CultureInfo.InvariantCulture)[..length]), grouped));

    private static readonly Gen<string> Ordinary = Gen.OneOf(
        Gen.DateTime[new DateTime(2020, 1, 1), new DateTime(2035, 1, 1)].SelectMany(x => OneOf(
            x.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), x.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            x.ToString("yyyy年M月d日 H时m分", CultureInfo.InvariantCulture), x.ToString("HH:mm-", CultureInfo.InvariantCulture) + "23:30",
            x.ToString("yyyyMMdd", CultureInfo.InvariantCulture), x.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            x.ToString("s", CultureInfo.InvariantCulture), x.ToString("d/M/yyyy", CultureInfo.InvariantCulture))),
        Gen.Int[1, 900_000_000].Select(x => x.ToString(CultureInfo.InvariantCulture) + " 元"),
        Gen.Double[0, 1e9].Select(x => x.ToString("0.00", CultureInfo.InvariantCulture)),
        Gen.Double[0, 1e9].Select(x => x.ToString("N2", CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Double[3, 54], Gen.Double[73, 136], (lat, lon) => string.Create(CultureInfo.InvariantCulture, $"{lat:0.0000000}, {lon:0.00000000000}")),
        Gen.Select(Gen.Int[1, 99], Gen.Int[1, 9], Gen.Int[101, 3304], (a, b, c) => string.Create(CultureInfo.InvariantCulture, $"某路 {a} 号楼 {a}-{b}-{c}")),
        Gen.Select(Gen.Int[1, 99], Gen.Int[0, 700], Gen.Int[1, 9999], (station, day, count) => string.Create(
            CultureInfo.InvariantCulture, $"B{station:00}-{new DateTime(2026, 1, 1).AddDays(day):yyyyMMdd}-{count:0000}")));

    [Fact]
    public void Find_ANumberOfAPerson_WhateverStandsAroundIt() => Gen.Select(
        Gen.OneOf(
            IdNumbers.Select(x => (SuspectKind.IdNumber, x)), OldIdNumbers.Select(x => (SuspectKind.IdNumber, x)),
            IdNumbers.Select(x => (SuspectKind.IdNumber, $"{x[..6]} {x[6..14]} {x[14..]}")),
            WrittenMobiles.Select(x => (SuspectKind.MobileNumber, x)), Landlines.Select(x => (SuspectKind.Landline, x)),
            Cards.Select(x => (SuspectKind.BankCard, x))),
        OneOf(Before), OneOf(After), Gen.Bool).Sample(
        (number, before, after, wide) =>
        {
            var text = before + (wide ? Wide(number.Item2) : number.Item2) + after;
            var found = FreeText.Find(text);
            
            // A card's number may be one of an identity document as well.
            Assert.Contains(found, x => x.Kind == number.Item1 || (number.Item1 == SuspectKind.BankCard && x.Kind == SuspectKind.IdNumber));
            Assert.All(found, x => Assert.InRange(x.Start + x.Length, 2, text.Length));
        },
        iter: 20_000);

    [Fact]
    public void Find_WhatOfficersWrite_Nothing() => Gen.Select(Ordinary, Ordinary).Sample(
        (one, other) =>
        {
            var text = $"{one}，{other}";
            Assert.Empty(FreeText.Find(text));
        },
        iter: 20_000);

    [Theory]
    [InlineData("13800001111.5 元")]
    [InlineData("二楼 3 户 12 人，1 3 8 0 号")]
    [InlineData("110105194912310021")]
    [InlineData("单号 202611241300005")]
    [InlineData("")]
    public void Find_NearlyANumber_Nothing(string text) => Assert.Empty(FreeText.Find(text));

    [Fact]
    public void WhyNot_UntilItIsConfirmed_SaysWhereWithoutSayingWhat()
    {
        var refusal = FreeText.WhyNot("text", "请打 13800001111", confirmed: false)!;
        Assert.Equal((RefusalKind.Rule, RefusalCodes.ProtectedTextSuspected, "text"), (refusal.Kind, refusal.Code, refusal.Field));
        Assert.DoesNotContain("1380000", refusal.Message, StringComparison.Ordinal);
        Assert.Null(FreeText.WhyNot("text", "请打 13800001111", confirmed: true));
        Assert.Null(FreeText.WhyNot("text", "无人应答", confirmed: false));
        Assert.Null(FreeText.WhyNot("text", null, confirmed: false));
    }

    private static Gen<string> OneOf(params string[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static string Wide(string text) => string.Concat(text.Select(x => x is > ' ' and <= '~' ? (char)(x + 0xFEE0) : x));

    private static string Written(string card, bool grouped) => grouped ? string.Join(' ', card.Chunk(4).Select(x => new string(x))) : card;

    private static char CheckDigit(string x)
    {
        // GB 11643: the weight of place i is 2^(17-i) mod 11.
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (x[i] - '0') * ((1 << (17 - i)) % 11);
        }

        return "0123456789X"[(12 - (sum % 11)) % 11];
    }

    private static string WithLuhn(string x)
    {
        var sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var digit = (x[x.Length - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return x + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
