using System.Text.Json;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Disputes;

/// <summary>A dispute as tables and feeds hold it.</summary>
public static class DisputeRows
{
    /// <summary>The row of a view.</summary>
    public static MatterRow Of(DisputeView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            MatterKind.Dispute, view.Id, view.Number, view.Version, view.CommunityId, view.StationId, JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString()),
            view.IsOpen, view.OpenedAt, $"{view.Title} {view.Summary} {view.Place}", JsonText.Of(view), JsonText.Of(view.ForMasked()))
        {
            Category = view.Kind,
            PairId = view.PairId,
            PartnerId = view.PartnerId,
            DueAt = view.DueAt,
            ClosedAt = view.EndedAt,
            Refs = view.Refs,
            Facets = [.. DisputeFacets.Of(view)],
        };
    }
}
