using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Concerns;

/// <summary>Concerns as tables and community feeds hold them.</summary>
public static class ConcernRows
{
    /// <summary>The row of a concern.</summary>
    public static MatterRow Of(ConcernView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            MatterKind.Concern, view.Id, view.Number, view.Version, view.CommunityId, view.StationId, NameOf(view.Status), view.IsOpen, view.RaisedAt,
            string.Join('\n', [view.Title, view.Description, view.PlaceName, .. view.Answers.Select(x => x.Text)]),
            JsonText.Of(view), JsonText.Of(view.ForMasked()))
        {
            Category = view.Category,
            PairId = view.PairId,
            PartnerId = view.Owner is { Kind: OwnerKind.Partner } partner ? partner.Id : null,
            DueAt = view.IsOpen ? view.DueAt : null,
            ClosedAt = view.EndedAt,
            FirstDueAt = view.FirstDueAt,
            FirstMetAt = view.FirstAnsweredAt,
            Refs = RefsOf(view),
            Facets = FacetsOf(view),
        };
    }

    private static ImmutableArray<string> RefsOf(ConcernView view) =>
    [
        .. view.InteractionIds.Select(x => $"interaction/{x}"),
        .. One("incident", view.IncidentId),
        .. One("problem", view.ProblemId),
        .. One("concern", view.DuplicateOfId),
    ];

    /// <summary>What the queues and figures go by; see <c>ConcernQueue</c>.</summary>
    private static ImmutableArray<string> FacetsOf(ConcernView view) =>
    [
        $"source={NameOf(view.Source)}",
        $"answered={(view.IsAnswered ? "yes" : "no")}",
        .. view.AwaitsConfirmation ? ["awaiting=confirmation"] : ImmutableArray<string>.Empty,
        .. view.ReopeningOffered ? ["reopening=offered"] : ImmutableArray<string>.Empty,
        .. view.TimesReopened > 0 ? ["reopened=yes"] : ImmutableArray<string>.Empty,
        .. view.EscalatedAt is not null ? ["escalated=yes"] : ImmutableArray<string>.Empty,
        .. view.Outcome is { } outcome ? [$"outcome={NameOf(outcome)}"] : ImmutableArray<string>.Empty,
        .. view.ResidentVerdict is { } verdict ? [$"verdict={NameOf(verdict)}"] : ImmutableArray<string>.Empty,
    ];

    private static ImmutableArray<string> One(string kind, string? id) => id is null ? [] : [$"{kind}/{id}"];

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
