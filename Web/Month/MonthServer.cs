using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Replay;

namespace Dispatch.Month;

/// <summary>What a month needs to know of the server that it is played on.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Pack">The model by which the bureau works.</param>
public sealed record MonthServer(MonthOrganisation Organisation, ModelPack Pack)
{
    /// <summary>Asks it.</summary>
    /// <exception cref="CommandFaultException">It does not answer what it should.</exception>
    public static async Task<MonthServer> AskAsync(DispatchApi api, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        var organisation = await ReadAsync<MonthOrganisation>(api, "organisation", cancellationToken);
        return new MonthServer(organisation, await ReadAsync<ModelPack>(api, $"model-packs/{organisation.ModelPack}", cancellationToken));
    }

    /// <summary>
    /// When a month begins: as it did where it was played before, else 30 days before the day of a moment. A contact's id is worked out from its sender and key, so
    /// the first contact tells.
    /// </summary>
    /// <param name="leaf">The green leaf, who records it.</param>
    /// <param name="firstKey">The key of the first contact.</param>
    /// <param name="until">The moment.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<DateTimeOffset> BeginningAsync(DispatchApi leaf, string firstKey, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var first = await FindContactAsync(leaf, firstKey, cancellationToken);
        return first is { } at ? CommunityMonth.BeginningBefore(at.AddDays(MonthBuilder.Days)) : CommunityMonth.BeginningBefore(until);
    }

    /// <summary>When a contact was that somebody recorded under a key; null where it was not recorded.</summary>
    public static async Task<DateTimeOffset?> FindContactAsync(DispatchApi by, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        var me = await ReadAsync<Me>(by, "auth/me", cancellationToken);
        var answer = await by.GetAsync($"interactions/{DerivedIds.For("interaction", me.Id, key)}", cancellationToken);
        return answer.IsDone ? answer.Read<FoundAnswer>()?.Found.Interaction.At : null;
    }

    private static async Task<T> ReadAsync<T>(DispatchApi api, string path, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await api.GetAsync(path, cancellationToken);
        return answer.IsDone && answer.Read<T>() is { } read
            ? read
            : throw new CommandFaultException($"GET {path} was answered {answer.Status} {answer.Code}: {answer.Detail}");
    }

    private sealed record Me(string Id);

    private sealed record FoundAnswer(FoundContact Found);

    private sealed record FoundContact(Contact Interaction);

    private sealed record Contact(DateTimeOffset At);
}
