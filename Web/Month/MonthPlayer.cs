using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Replay;

namespace Dispatch.Month;

/// <summary>
/// Plays a month through the public API, step after step. Each is sent under its own key until its outcome is known, so a month that was played in part goes on
/// where it ended, and one that was played whole changes nothing.
/// </summary>
/// <param name="crew">Who gives the steps.</param>
/// <param name="pause">How long to wait between two steps.</param>
/// <param name="time">The clock of the waiting.</param>
public sealed class MonthPlayer(IMonthCrew crew, TimeSpan pause, TimeProvider time)
{
    /// <summary>How long something is awaited that the server does by itself after a step.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long it is waited before a step is sent again that the server has no room for.</summary>
    private static readonly TimeSpan NoRoomPause = TimeSpan.FromSeconds(20);

    /// <summary>For how long a step is sent whose outcome stays unknown: a server starts again within this.</summary>
    private static readonly TimeSpan UnansweredFor = TimeSpan.FromMinutes(2);

    private const int TooManyRequests = 429;

    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMilliseconds(100);
    private readonly MonthNames names = new();
    private readonly SortedDictionary<string, RoomFigures> rooms = new(StringComparer.Ordinal);
    private readonly List<UnexpectedAnswer> unexpected = [];
    private int played;

    /// <summary>How many steps are over.</summary>
    public int Played => Volatile.Read(ref played);

    /// <summary>Plays it.</summary>
    /// <exception cref="ServerLostException">Nothing at all is answered any more.</exception>
    public async Task<MonthReport> PlayAsync(MonthPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var step in plan.Steps)
        {
            var figures = await PlayAsync(step, cancellationToken);
            rooms[step.Room] = rooms.GetValueOrDefault(step.Room) + figures;
            Interlocked.Increment(ref played);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }

        return new MonthReport(rooms.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. unexpected], names.Values.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private async Task<RoomFigures> PlayAsync(MonthStep step, CancellationToken cancellationToken)
    {
        if (names.Misses(step))
        {
            return LeaveOut(step);
        }

        if (names.FirstUnknown(step) is { } unknown)
        {
            return Report(step, 0, "nameUnknown", $"No step before it gave '{unknown}'.");
        }

        var partnerId = step.Actor is { Role: MonthRole.Partner, Id: { } partner } ? names.Find(partner) : null;
        if (await crew.OfAsync(step.Actor, partnerId, cancellationToken) is not { } api)
        {
            return LeaveOut(step);
        }

        var answer = step.Body is null ? await ReadAsync(api, step, cancellationToken) : await SendAsync(api, RequestOf(step), cancellationToken);
        return Judge(step, answer);
    }

    private ApiRequest RequestOf(MonthStep step) => new(
        step.Room, step.Body is null ? HttpMethod.Get : HttpMethod.Post, names.Fill(step.Path),
        step.Body is null ? null : JsonSerializer.SerializeToUtf8Bytes(names.Fill(step.Body), DispatchJson.Options), step.Key)
    {
        At = step.Now || step.Body is null ? null : step.At,
        Anonymous = step.Actor.Role == MonthRole.Resident,
    };

    private async Task<ApiAnswer> SendAsync(DispatchApi api, ApiRequest request, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            // Where there is no room, there will be; what only fails and fails is told.
            var answer = await api.SendAsync(request, cancellationToken);
            if (answer.IsDone || answer.IsRefused || (answer.Status != TooManyRequests && time.GetElapsedTime(since) > UnansweredFor))
            {
                return answer;
            }

            await Task.Delay(NoRoomPause, time, cancellationToken);
        }
    }

    /// <summary>Reads until what the step names is there, or it took too long.</summary>
    private async Task<ApiAnswer> ReadAsync(DispatchApi api, MonthStep step, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var answer = await SendAsync(api, RequestOf(step), cancellationToken);
            if (!answer.IsDone || names.Take(step, ToJson(answer)) || time.GetElapsedTime(since) > Patience)
            {
                return answer;
            }

            await Task.Delay(ReadAgainAfter, time, cancellationToken);
        }
    }

    private RoomFigures Judge(MonthStep step, ApiAnswer answer)
    {
        if (answer.IsDone)
        {
            return step.Refused is not null ? Report(step, answer.Status, "done", $"It should be refused with {step.Refused}.")
                : names.Take(step, ToJson(answer)) ? new RoomFigures { Done = 1 }
                : Report(step, answer.Status, "nameMissing", "The answer has not what later steps need.");
        }

        if (step.MayBe.Contains(answer.Code))
        {
            names.Miss(step.Ids.Keys);
            return new RoomFigures { Otherwise = 1 };
        }

        return answer.Code == step.Refused ? new RoomFigures { Refused = 1 } : Report(step, answer.Status, answer.Code, answer.Detail);
    }

    private RoomFigures LeaveOut(MonthStep step)
    {
        names.Miss(step.Ids.Keys);
        return new RoomFigures { LeftOut = 1 };
    }

    private RoomFigures Report(MonthStep step, int status, string code, string detail)
    {
        unexpected.Add(new UnexpectedAnswer(step, status, code, detail));
        return new RoomFigures { Unexpected = 1 };
    }

    private static JsonNode? ToJson(ApiAnswer answer)
    {
        try
        {
            return answer.Body.Length == 0 ? null : JsonNode.Parse(answer.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
