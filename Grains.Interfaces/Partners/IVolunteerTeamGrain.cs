using Dispatch.Commands;
using Dispatch.Protection;
using Orleans.Concurrency;

namespace Dispatch.Partners;

/// <summary>The volunteers of a team. Key: the partner's id.</summary>
[Alias("dispatch.volunteer-team")]
public interface IVolunteerTeamGrain : IGrainWithStringKey
{
    /// <summary>Does a command, or refuses it. Answered only when the result is durable.</summary>
    [Alias("execute")]
    Task<Answer<VolunteerTeamView>> ExecuteAsync(CommandContext context, VolunteerCommand command);

    /// <summary>The team; empty where it has had no volunteer yet.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<VolunteerTeamView> GetAsync();

    /// <summary>Who a volunteer is: journalled before it is answered.</summary>
    /// <param name="context">Who reads.</param>
    /// <param name="volunteerId">Which.</param>
    /// <param name="reason">Why.</param>
    [Alias("read-person"), AlwaysInterleave]
    Task<Answer<ProtectedPerson>> ReadPersonAsync(CommandContext context, string volunteerId, string reason);
}
