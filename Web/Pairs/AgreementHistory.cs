using Dispatch.Bureau;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Pairs;

/// <summary>An agreement that was set, as the journal tells it.</summary>
/// <param name="At">When it was entered.</param>
/// <param name="By">Who entered it.</param>
/// <param name="From">First day of its term.</param>
/// <param name="To">Last day of its term.</param>
/// <param name="Goals">What was agreed.</param>
/// <param name="SignedOn">The day it was signed.</param>
public sealed record AgreementEntry(DateTimeOffset At, string By, DateOnly From, DateOnly To, string Goals, DateOnly SignedOn);

/// <summary>A pair's agreement and those before it.</summary>
/// <param name="Present">The present one; null where nothing is agreed.</param>
/// <param name="DaysLeft">Days left of its term; negative after its end.</param>
/// <param name="History">All that were set, newest first.</param>
public sealed record AgreementView(PairAgreement? Present, int? DaysLeft, IReadOnlyList<AgreementEntry> History);

/// <summary>Reads from the journal which agreements a pair had.</summary>
public sealed class AgreementHistory(DispatchDatabase database)
{
    private const int MaxEntries = 100;

    /// <summary>A pair's agreements, newest first.</summary>
    public async Task<IReadOnlyList<AgreementEntry>> OfPairAsync(string pairId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            new Statement(
                "SELECT at, actor_name, data FROM journal WHERE stream = 'bureau' AND kind = 'pairAgreed' AND data LIKE @pair ORDER BY version DESC",
                [("pair", $"%{JsonText.Of(pairId)}%")]),
            x => (At: x.GetFieldValue<DateTimeOffset>(0), By: x.GetString(1), Change: new JsonText(System.Text.Encoding.UTF8.GetBytes(x.GetString(2))).As<AgreePair>()!),
            cancellationToken);
        return
        [
            .. rows.Where(x => x.Change.PairId == pairId).Take(MaxEntries)
                .Select(x => new AgreementEntry(x.At, x.By, x.Change.From, x.Change.To, x.Change.Goals, x.Change.SignedOn)),
        ];
    }
}
