using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>What a list of one kind of matter is asked for.</summary>
/// <param name="Queue">A queue of concerns; null for all.</param>
/// <param name="StationId">A station.</param>
/// <param name="Status">Statuses, comma-separated.</param>
/// <param name="Open">Open or ended ones.</param>
/// <param name="Category">A category.</param>
/// <param name="PairId">The pair it is with.</param>
/// <param name="Cursor">Where the last page ended.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record ConcernFilter(
    string? Queue, string? StationId, string? Status, bool? Open, string? Category, string? PairId, string? Cursor, int Limit = 100)
{
    private const int MostAtOnce = 200;

    /// <summary>What cannot be asked for a kind; null where all can.</summary>
    public Refusal? FindFault(MatterKind kind) =>
        Limit is < 1 or > MostAtOnce ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.")
        : Queue is not null && (kind != MatterKind.Concern || QueueNamed(Queue) is null)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "queue", $"There is no such queue; those of concerns are {string.Join(", ", Enum.GetValues<ConcernQueue>().Select(NameOf))}.")
        : null;

    /// <summary>The query in some communities.</summary>
    public MatterQuery ToQuery(MatterKind kind, IReadOnlyCollection<string>? communityIds, DateTimeOffset now)
    {
        var all = new MatterQuery(null, communityIds, Limit)
        {
            Kinds = [MatterIds.NameOf(kind)],
            Statuses = Status?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            IsOpen = Open,
            Category = Category,
            PairId = PairId,
            Cursor = Cursor,
        };
        return QueueNamed(Queue) switch
        {
            ConcernQueue.Overdue => all with { OverdueAt = now },
            ConcernQueue.Unanswered => all with { IsOpen = true, Facet = "answered=no" },
            ConcernQueue.AwaitingConfirmation => all with { Facet = "awaiting=confirmation" },
            ConcernQueue.NotConfirmed => all with { Facet = "reopening=offered" },
            ConcernQueue.Reopened => all with { IsOpen = true, Facet = "reopened=yes" },
            ConcernQueue.Escalated => all with { IsOpen = true, Facet = "escalated=yes" },
            _ => all,
        };
    }

    private static ConcernQueue? QueueNamed(string? name) =>
        Enum.GetValues<ConcernQueue>().Cast<ConcernQueue?>().FirstOrDefault(x => NameOf(x!.Value) == name);

    private static string NameOf(ConcernQueue queue) => JsonNamingPolicy.CamelCase.ConvertName(queue.ToString());
}
