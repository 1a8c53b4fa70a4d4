using System.Text.Json;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Pairs;

/// <summary>Lists handover sheets: without free text, which only the sheet itself tells.</summary>
public sealed class HandoverTable(DispatchDatabase database)
{
    private const int MaxSheets = 200;

    /// <summary>A pair's sheets, newest first.</summary>
    public Task<List<HandoverView>> OfPairAsync(string pairId, CancellationToken cancellationToken) => ReadAsync(
        new Statement($"SELECT view FROM handover_sheet WHERE pair_id = @pair ORDER BY opened_at DESC LIMIT {MaxSheets}", [("pair", pairId)]),
        cancellationToken);

    /// <summary>All that are open, the oldest first.</summary>
    public Task<List<HandoverView>> OpenAsync(CancellationToken cancellationToken) =>
        ReadAsync(new Statement("SELECT view FROM handover_sheet WHERE closed_at IS NULL ORDER BY opened_at, id", []), cancellationToken);

    private Task<List<HandoverView>> ReadAsync(Statement statement, CancellationToken cancellationToken) =>
        database.ReadAsync(statement, x => JsonSerializer.Deserialize<HandoverView>(x.GetString(0), DispatchJson.Options)!, cancellationToken);
}
