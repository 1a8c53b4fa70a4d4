using System.Text;
using System.Text.Json;
using Dispatch.Api;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Pairs;

/// <summary>Reads what a pair did on a day: from its journal, from the incidents it was asked to, and from what it recorded with residents.</summary>
public sealed class PairHistory(DispatchDatabase database, PairTimeTable times, TimeProvider time)
{
    /// <summary>Most events of one day that are given: a busy day has a hundred.</summary>
    public const int MaxEvents = 2000;

    /// <summary>How long before the day an incident may have begun that goes on in it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>A day of a pair.</summary>
    /// <param name="pairId">The pair.</param>
    /// <param name="day">The day.</param>
    /// <param name="present">What its time is spent on now; null off duty.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PairHistoryView> OfPairAsync(string pairId, BureauDay day, PresentTime? present, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = now < day.End ? now : day.End;
        var rows = await JournalAsync(pairId, day, cancellationToken);
        var incidents = await IncidentsAsync(PairHistoryRules.IncidentsOf(rows), cancellationToken);
        var entries = new PairHistoryRules(pairId, incidents).Tell(rows, await InteractionsAsync(pairId, day, cancellationToken), day.Start, day.End);
        return new PairHistoryView(
            pairId, day.Day, end > day.Start ? end : day.Start, entries, await TimesAsync(pairId, day, present, end, cancellationToken), rows.Count == MaxEvents);
    }

    private Task<List<PairJournalRow>> JournalAsync(string pairId, BureauDay day, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(
            $"""
            SELECT at, CASE WHEN actor_id = '{Actor.System.Id}' THEN NULL ELSE actor_name END, data FROM journal
            WHERE stream = @stream AND kind <> 'presenceCounted' AND at >= @since AND at < @end ORDER BY version LIMIT {MaxEvents}
            """,
            [("stream", $"pair/{pairId}"), ("since", day.Start - Before), ("end", day.End)]),
        x => new PairJournalRow(x.GetFieldValue<DateTimeOffset>(0), x.TextOrNull(1), new JsonText(Encoding.UTF8.GetBytes(x.GetString(2))).As<PairEvent>()!),
        cancellationToken);

    private Task<List<PairInteraction>> InteractionsAsync(string pairId, BureauDay day, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(
            $"""
            SELECT id, at, kind, community_id, participants FROM interaction
            WHERE pair_id = @pair AND at >= @start AND at < @end AND NOT withdrawn ORDER BY at LIMIT {MaxEvents}
            """,
            [("pair", pairId), ("start", day.Start), ("end", day.End)]),
        x => new PairInteraction(
            x.GetString(0), x.GetFieldValue<DateTimeOffset>(1), Enum.Parse<InteractionKind>(x.GetString(2), ignoreCase: true), x.GetString(3), x.GetInt32(4)),
        cancellationToken);

    private async Task<Dictionary<string, IncidentView>> IncidentsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand();
        var conditions = new Conditions(command);
        conditions.AddIn("id", ids);
        command.CommandText = $"SELECT view FROM incident WHERE {conditions}";
        var found = new Dictionary<string, IncidentView>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var incident = JsonSerializer.Deserialize<IncidentView>(reader.GetString(0), DispatchJson.Options)!;
            found[incident.Id] = incident;
        }

        return found;
    }

    private async Task<IReadOnlyList<PairDayTime>> TimesAsync(
        string pairId, BureauDay day, PresentTime? present, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var ended = await times.OfPairAsync(pairId, day.Start, day.End, cancellationToken);
        var all = ended.Select(x => new PairDayTime(x.Kind, x.From, x.To, x.ByWhom ?? Activity(x.Reason), x.IncidentId))
            .Concat(present is null || end == day.End ? [] : [new PairDayTime(present.Kind, present.Since, end, present.ByWhom, IsRunning: true)]);
        return
        [
            .. all.Select(x => x with { From = x.From > day.Start ? x.From : day.Start, To = x.To < day.End ? x.To : day.End })
                .Where(x => x.From < x.To).OrderBy(x => x.From),
        ];
    }

    /// <summary>A reason where it is the name of an activity; other reasons are somebody's words.</summary>
    private static string? Activity(string? reason) => Enum.TryParse<PairActivity>(reason, ignoreCase: true, out _) ? reason : null;
}
