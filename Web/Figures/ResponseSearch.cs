using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Figures;

/// <summary>Works response clocks out of the incidents in the table; never asks a grain.</summary>
public sealed class ResponseSearch(DispatchDatabase database, ResponseTimers timers, OrganisationCache organisation, TimeProvider time)
{
    /// <summary>The figures of the incidents that were opened in a period.</summary>
    /// <param name="communityIds">Communities in question; null for all.</param>
    /// <param name="days">The period.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ResponseFigures> CountAsync(IReadOnlyCollection<string>? communityIds, FigurePeriod days, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // On a thread of its own: SQLite answers on the thread that asks.
        var views = await Task.Run(() => ReadAsync(communityIds, days, cancellationToken), cancellationToken);
        var rules = new ResponseRules(timers, AreaOf);
        var times = views.AsParallel().SelectMany(x => rules.TimesOf(JsonSerializer.Deserialize<IncidentView>(x, DispatchJson.Options)!, now)).ToList();
        return new ResponseFigures(days.From, days.To, now, SmallCounts.Told(views.Count), ResponseRules.Count(times));
    }

    /// <summary>The targets.</summary>
    /// <param name="communityIds">Communities in question; null for all.</param>
    public ResponseTargets Targets(IReadOnlyCollection<string>? communityIds) => new(
        ByPriority(timers.OfferExpiry), ByPriority(timers.Dispatch),
        (communityIds ?? [.. organisation.Current.Organisation.Communities.Select(x => x.Id)]).ToImmutableSortedDictionary(x => x, x => Seconds(timers.Arrival(AreaOf(x)))),
        ByPriority(timers.Report));

    private static ImmutableSortedDictionary<int, int> ByPriority(Func<int, TimeSpan> target) =>
        Enumerable.Range(1, 4).ToImmutableSortedDictionary(x => x, x => Seconds(target(x)));

    private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;

    private AreaClass AreaOf(string communityId) => organisation.Current.Community(communityId)?.AreaClass ?? AreaClass.Urban;

    private async Task<List<string>> ReadAsync(IReadOnlyCollection<string>? communityIds, FigurePeriod days, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand();
        var conditions = new Conditions(command);
        conditions.AddIn("community_id", communityIds);
        conditions.Add("opened_at >= {0}", days.Begin);
        conditions.Add("opened_at < {0}", days.End);
        command.CommandText = $"SELECT view FROM incident WHERE {conditions}";
        var views = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            views.Add(reader.GetString(0));
        }

        return views;
    }
}
