using System.Globalization;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>
/// The hub: feeds down, commands up by the same desks as HTTP. An error's text, after SignalR's own <c>HubException: </c>, is
/// its stable code, a colon and a sentence.
/// </summary>
[Authorize]
public sealed class DispatchHub(
    FeedConnections connections,
    FeedAccess access,
    IncidentLookers lookers,
    IncidentDesk incidents,
    PairDesk pairs,
    OrganisationCache organisation,
    IOptions<LiveOptions> options) : Hub
{
    /// <summary>Who calls, with the rights of now: a connection outlives what its token says.</summary>
    private SignedIn User => connections.Find(Context.ConnectionId)?.UserBy(organisation) ?? SignedIn.Of(Context.User!, organisation);

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        var place = connections.Find(Context.ConnectionId)?.Place ?? default;
        if (place.OfAccount > options.Value.MaxConnectionsPerAccount)
        {
            throw Error("tooManyConnections", $"One account has at most {options.Value.MaxConnectionsPerAccount} connections.");
        }

        return place.OfAll > options.Value.MaxConnections
            ? throw Error("tooManyConnections", "This server has as many connections as it takes; try another or later.")
            : base.OnConnectedAsync();
    }

    /// <summary>Feeds the caller from its cursor on.</summary>
    public async Task Subscribe(string feed, FeedCursor? cursor)
    {
        if (!FeedName.TryParse(feed, out var name))
        {
            throw Error("feedNotFound", $"There is no feed '{feed}'.");
        }

        var screen = connections.Find(Context.ConnectionId) ?? throw Error("connectionClosed", "The connection is closing.");
        if (!screen.HasRoomFor(feed))
        {
            throw TooManySubscriptions();
        }

        try
        {
            await SubscribeAsync(screen, User, feed, name, cursor);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            throw Error("unavailable", $"The feed '{feed}' cannot be read now; try again.");
        }
    }

    /// <summary>Ends a subscription.</summary>
    public Task Unsubscribe(string feed)
    {
        if (connections.Find(Context.ConnectionId) is { } screen && screen.Unsubscribe(feed) && FeedName.TryParse(feed, out var name) && name.Kind == FeedKind.Incident)
        {
            lookers.Leave(name.Id, screen);
        }

        return Task.CompletedTask;
    }

    /// <summary>A pair takes an offer.</summary>
    public Task<IncidentView> AcceptOffer(string commandId, string offerId) =>
        AnswerAsync(incidents.AnswerOfferAsync(User, Key(commandId), offerId, new AcceptOffer(offerId)));

    /// <summary>A pair does not take an offer.</summary>
    public Task<IncidentView> DeclineOffer(string commandId, string offerId, string reason) =>
        AnswerAsync(incidents.AnswerOfferAsync(User, Key(commandId), offerId, new DeclineOffer(offerId, reason)));

    /// <summary>A pair is a step further.</summary>
    public Task<IncidentView> SetAssignmentStatus(string commandId, string incidentId, string pairId, AssignmentStatus status, string? note) =>
        AnswerAsync(incidents.ExecuteAsync(User, Key(commandId), incidentId, new SetAssignmentStatus(pairId, status, note)));

    /// <summary>A pair does something else.</summary>
    public Task<PairView> SetActivity(string commandId, string pairId, PairActivity activity) =>
        AnswerAsync(pairs.ExecuteAsync(User, Key(commandId), pairId, new SetActivity(activity)));

    /// <summary>A pair is in danger.</summary>
    public Task<PairView> RaisePanic(string commandId, string pairId, double? lat, double? lon, string? note) =>
        AnswerAsync(pairs.ExecuteAsync(
            User, Key(commandId), pairId, new RaisePanic(lat is { } y && lon is { } x ? new GeoPoint(y, x) : null, note)));

    /// <summary>Those who are there ask for more.</summary>
    public Task<IncidentView> RequestBackup(string commandId, string incidentId, int count, string reason, bool auto) =>
        AnswerAsync(incidents.ExecuteAsync(User, Key(commandId), incidentId, new RequestBackup(count, reason, auto)));

    /// <summary>Adds a note.</summary>
    public Task<IncidentView> AddNote(string commandId, string incidentId, string text) =>
        AnswerAsync(incidents.ExecuteAsync(User, Key(commandId), incidentId, new AddNote(text)));

    /// <summary>Where a pair is.</summary>
    public async Task ReportPosition(string pairId, double lat, double lon, string at, double? accuracy)
    {
        if (!DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw Error("valueOutOfRange", "at must be a time in ISO 8601.");
        }

        if (await pairs.ReportPositionAsync(User, pairId, new PairPosition(lat, lon, time, accuracy)) is { } refusal)
        {
            throw Error(refusal);
        }
    }

    private async Task SubscribeAsync(FeedConnection screen, SignedIn user, string feed, FeedName name, FeedCursor? cursor)
    {
        var grant = await access.JudgeAsync(user, name);
        if (grant.Refusal is { } refusal)
        {
            throw Error(refusal);
        }

        await access.RecordAsync(user, name, grant.Sight);
        switch (await screen.SubscribeAsync(feed, name, grant.Sight, cursor))
        {
            case SubscribeOutcome.NoSuchFeed:
                throw Error("feedNotFound", $"There is no feed '{feed}'.");
            case SubscribeOutcome.NoRoom:
                throw TooManySubscriptions();
        }

        if (name.Kind == FeedKind.Incident)
        {
            Join(name.Id, screen, user);
        }
    }

    private void Join(string incidentId, FeedConnection screen, SignedIn user)
    {
        lookers.Join(incidentId, screen, user);

        // A connection that went while it subscribed has left already, before it joined.
        if (connections.Find(screen.Id) is null)
        {
            lookers.Leave(incidentId, screen);
        }
    }

    private HubException TooManySubscriptions() =>
        Error("tooManySubscriptions", $"One connection has at most {options.Value.MaxSubscriptions} feeds.");

    private static string Key(string commandId) =>
        CommandKey.IsValid(commandId) ? commandId : throw Error("commandIdInvalid", "A command id is 1 to 128 visible ASCII characters.");

    private static async Task<T> AnswerAsync<T>(Task<Answer<T>> answering)
        where T : class
    {
        try
        {
            var answer = await answering;
            return answer.IsRefused ? throw Error(answer.Refusal) : answer.Value;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            throw Error("unavailable", "It is not known whether this was done; send it again with the same id.");
        }
    }

    private static HubException Error(Refusal refusal) => Error(refusal.Code, refusal.Message);

    internal static HubException Error(string code, string message) => new($"{code}: {message}");
}
