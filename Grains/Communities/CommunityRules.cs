using System.Globalization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Communities;

/// <summary>The rules of a community. Pure.</summary>
public static class CommunityRules
{
    private const int MaxText = 2000;
    private const int MaxPlace = 200;
    private const int MaxChannel = 40;
    private const int MaxReason = 200;
    private const int MaxMinutes = 24 * 60;
    private const int MaxParticipants = 100_000;

    /// <summary>Steps of a rounded place, per degree: about 100 m.</summary>
    private const double Rounding = 1000;

    /// <summary>How far back an interaction may have been: a phone is not offline for longer.</summary>
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(7);

    /// <summary>How far ahead the clock of a phone may be.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before the first event.</param>
    /// <param name="context">Who, and under which id.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">Now.</param>
    /// <param name="person">The person of the command, sealed; null where it has none.</param>
    public static Decision<CommunityEvent> Decide(
        CommunityState? state, CommandContext context, CommunityCommand command, DateTimeOffset now, SealedFields? person = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return command switch
        {
            RecordInteraction c => WhyNot(c, now) is { } refusal ? refusal : new InteractionRecorded(ViewOf(context, c, now), person),
            WithdrawInteraction c => Withdraw(state, c),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    /// <summary>What cannot be; null where all is well. Asked before anything is sealed.</summary>
    public static Refusal? WhyNot(RecordInteraction c, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(c);
        return WhyNotShape(c, now)
            ?? c.Person?.WhyNot("person")
            ?? Wording.WhyNot("text", c.Text, MaxText, c.TextConfirmed)
            ?? Wording.WhyNot("place", c.Place, MaxPlace, c.TextConfirmed);
    }

    /// <summary>The subject under which persons of a month's interactions are sealed, and when that month is over.</summary>
    public static (string Subject, DateTimeOffset EndsAt) SubjectOf(string communityId, DateTimeOffset now)
    {
        var day = CommunityState.DayOf(now);
        var next = new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddMonths(1);
        return (string.Create(CultureInfo.InvariantCulture, $"interactions/{communityId}/contact/{day:yyyy-MM}"), next.ToUniversalTime());
    }

    private static Refusal? WhyNotShape(RecordInteraction c, DateTimeOffset now) =>
        c.Participants is < 0 or > MaxParticipants ? OutOfRange("participants", $"participants is 0 to {MaxParticipants}.")
        : c.Channel is { } channel && (channel.Length is 0 or > MaxChannel || !channel.All(char.IsAsciiLetterOrDigit))
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "channel", $"channel is a code of at most {MaxChannel} letters and digits.")
        : c.Minutes is < 0 or > MaxMinutes ? OutOfRange("minutes", $"minutes is 0 to {MaxMinutes}.")
        : c.At is { } at && (at < now - LongestAgo || at > now + ClockError) ? OutOfRange("at", "at is within the last seven days.")
        : c.Location is { IsValid: false } ? OutOfRange("location", "location is no place on earth.")
        : c.PersonRole is { } role && (role.Length is 0 or > MaxChannel || !role.All(char.IsAsciiLetterOrDigit))
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "personRole", $"personRole is a code of at most {MaxChannel} letters and digits.")
        : c.IncidentId is { } incident && !DerivedIds.IsId(incident) ? Refusal.Invalid(RefusalCodes.IncidentNotFound, "incidentId", $"There is no incident '{incident}'.")
        : null;

    private static InteractionView ViewOf(CommandContext context, RecordInteraction c, DateTimeOffset now) => new(
        context.CommandId is { } commandId ? DerivedIds.For("interaction", context.Actor.Id, commandId) : Guid.CreateVersion7(now).ToString("D"),
        c.Kind, c.PairId, Wording.Clean(c.Text), c.Participants, c.At is { } at && at < now ? Whole(at) : now)
    {
        RecordedAt = now,
        Minutes = c.Minutes,
        Channel = c.Channel,
        Place = Wording.Clean(c.Place),
        Location = c.Location is { } place ? new GeoPoint(Math.Round(place.Lat * Rounding) / Rounding, Math.Round(place.Lon * Rounding) / Rounding) : null,
        IncidentId = c.IncidentId,
        RecordedBy = context.Actor.Name,
        Person = c.Person is { } person ? new PersonView("person", c.PersonRole ?? "resident", person.Fields, c.PersonMinor) : null,
    };

    private static Decision<CommunityEvent> Withdraw(CommunityState? state, WithdrawInteraction c)
    {
        if (Wording.WhyNotNeeded("reason", c.Reason, MaxReason, c.TextConfirmed) is { } refusal)
        {
            return refusal;
        }

        return state?.Interactions.FirstOrDefault(x => x.Id == c.InteractionId) switch
        {
            null => Refusal.NotFound(RefusalCodes.InteractionNotFound, "There is no such interaction among the newest of this community."),
            { WithdrawnBecause: not null } => Decision.Nothing<CommunityEvent>(),
            var interaction => new InteractionWithdrawn(interaction.Id, Wording.Clean(c.Reason)!),
        };
    }

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static Refusal OutOfRange(string field, string message) => Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, message);
}
