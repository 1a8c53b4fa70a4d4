using System.Text.Json;
using Dispatch.Live;

namespace Dispatch.Replay;

/// <summary>What became of a request.</summary>
/// <param name="Status">HTTP status of the last answer; 0 where there was none.</param>
/// <param name="Body">Its body.</param>
public sealed record ApiAnswer(int Status, byte[] Body)
{
    /// <summary>No answer within the time that retries are given: nobody knows whether it was done.</summary>
    public static readonly ApiAnswer None = new(0, []);

    /// <summary>Whether it was done.</summary>
    public bool IsDone => Status is >= 200 and < 300;

    /// <summary>Whether the server said no for good.</summary>
    public bool IsRefused => Status is >= 400 and < 500 and not (408 or 429);

    /// <summary>The stable code of a refusal, or what stands for it.</summary>
    public string Code => IsDone ? string.Empty : Status == 0 ? "noAnswer" : ReadProblem(Body).Code ?? $"http{Status}";

    /// <summary>The sentence of a refusal.</summary>
    public string Detail => ReadProblem(Body) is var problem ? problem.Detail ?? problem.Title ?? string.Empty : string.Empty;

    /// <summary>Reads the body; null where it is not what is expected.</summary>
    public T? Read<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, DispatchJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads problem details; empty where the body is none.</summary>
    public static ProblemAnswer ReadProblem(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemAnswer>(body, DispatchJson.Options) ?? new ProblemAnswer();
        }
        catch (JsonException)
        {
            return new ProblemAnswer();
        }
    }
}
