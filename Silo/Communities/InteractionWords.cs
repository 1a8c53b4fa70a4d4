using System.Data.Common;
using System.Globalization;
using Dispatch.Protection;
using Dispatch.Storage;

namespace Dispatch.Communities;

/// <summary>
/// Forgets the words of a month's interactions together with the key of the persons in them: in the table that is searched, and in the journal, which keeps that
/// there was an interaction, its kind and its time.
/// </summary>
public sealed class InteractionWords(DispatchDatabase database) : IErasable
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> EraseAsync(string subject, RetentionClass cls, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Split('/') is not ["interactions", var community, _, var month]
            || !DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return [];
        }

        var from = new DateTimeOffset(first, TimeOnly.MinValue, Offset).ToUniversalTime();
        var before = new DateTimeOffset(first.AddMonths(1), TimeOnly.MinValue, Offset).ToUniversalTime();
        var rows = await RunAsync(transaction, """
            UPDATE interaction SET text = NULL, terms = '' WHERE community_id = @community AND recorded_at >= @from AND recorded_at < @before AND text IS NOT NULL
            """, community, from, before, cancellationToken);
        var withoutWords = database.Kind == DatabaseKind.PostgreSql
            ? "CAST(jsonb_set(CAST(data AS jsonb), '{interaction,text}', 'null') AS text)"
            : "json_set(data, '$.interaction.text', json('null'))";
        await RunAsync(transaction, $"""
            UPDATE journal SET data = {withoutWords}
            WHERE stream = 'community/' || @community AND kind = 'interactionRecorded' AND at >= @from AND at < @before
            """, community, from, before, cancellationToken);
        return rows > 0 ? ["text"] : [];
    }

    private static async Task<int> RunAsync(
        DbTransaction transaction, string sql, string community, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(sql);
        command.Set("community", community);
        command.Set("from", from);
        command.Set("before", before);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
