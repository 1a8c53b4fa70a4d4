using System.Text.Json;
using Dispatch.Api;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Concerns;

namespace Dispatch.Residents;

/// <summary>The way to concerns over their grains and their table.</summary>
public sealed class GrainConcernDoor(IGrainFactory grains, GrainCommands commands, MatterSearch search) : IConcernDoor
{
    private const int MostCodes = 50;

    /// <summary>How many texts are looked at for one that has the number itself and not just its words.</summary>
    private const int MostWithSameWords = 20;

    /// <inheritdoc/>
    public async Task<Answer<PublicRequest>> RaiseAsync(CommandContext context, ResidentRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var id = MatterIds.ForOpening(MatterKind.Concern, context.Actor.Id, context.CommandId!);
        var raise = new RaiseConcern(SourceOf(request.Channel), request.Category, request.Title)
        {
            CommunityId = request.CommunityId,
            Description = request.Description,
            PlaceName = request.PlaceName,
            Location = request.Location,
            Reporter = request.Reporter is { IsEmpty: false } reporter ? reporter : null,
            TextConfirmed = request.TextConfirmed,
        };
        return Shown(await commands.UntilKnownAsync(() => grains.GetGrain<IConcernGrain>(id).ExecuteAsync(context, raise)));
    }

    /// <inheritdoc/>
    public async Task<PublicRequest?> FindAsync(string idOrNumber, CancellationToken cancellationToken)
    {
        if (DerivedIds.IsId(idOrNumber))
        {
            return await grains.GetGrain<IConcernGrain>(idOrNumber).GetAsync() is { } concern ? Public(concern) : null;
        }

        var byWords = await search.FindAsync(
            new MatterQuery(null, null, MostWithSameWords) { Kinds = [MatterIds.NameOf(MatterKind.Concern)], Text = idOrNumber }, cancellationToken);
        var number = idOrNumber.Trim().ToUpperInvariant();
        return byWords.Items.FirstOrDefault(x => x.Number == number)?.View.As<ConcernView>() is { } found ? Public(found) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PublicRequest>> ListAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = new List<MatterRow>();
        foreach (var source in new[] { ConcernSource.Open311, ConcernSource.Resident })
        {
            foreach (var category in query.Categories?.Distinct().Take(MostCodes) ?? [null!])
            {
                var page = await search.FindAsync(
                    new MatterQuery(null, null, query.Limit)
                    {
                        Kinds = [MatterIds.NameOf(MatterKind.Concern)],
                        Facet = $"source={JsonNamingPolicy.CamelCase.ConvertName(source.ToString())}",
                        Category = category,
                        From = query.From,
                        Before = query.Before,
                        IsOpen = query.IsOpen,
                    },
                    cancellationToken);
                found.AddRange(page.Items);
            }
        }

        return [.. found.OrderByDescending(x => x.OpenedAt).Take(query.Limit).Select(x => Public(x.View.As<ConcernView>()!))];
    }

    /// <inheritdoc/>
    public async Task<Answer<PublicRequest>> SayAsync(CommandContext context, string id, Solved solved, string? words, bool textConfirmed)
    {
        var partly = solved == Solved.Partly ? "部分解决。" : string.Empty;
        var said = $"{partly}{words}";
        var confirm = new ConfirmConcern(solved == Solved.Yes ? ResidentVerdict.Confirmed : ResidentVerdict.NotConfirmed, said.Length == 0 ? null : said)
        {
            GivenBy = VerdictGiver.Resident,
            TextConfirmed = textConfirmed,
        };
        return Shown(await commands.UntilKnownAsync(() => grains.GetGrain<IConcernGrain>(id).ExecuteAsync(context, confirm)));
    }

    private static Answer<PublicRequest> Shown(Answer<ConcernView> answer) => answer.IsRefused ? answer.Refusal : Public(answer.Value);

    private static PublicRequest Public(ConcernView concern)
    {
        var shown = ConcernPublicView.Of(concern);
        var answered = shown.Answers.IsEmpty ? shown.RaisedAt : shown.Answers[^1].At;
        return new PublicRequest(
            shown.Id, shown.Number, shown.CommunityId, shown.Category, JsonNamingPolicy.CamelCase.ConvertName(shown.Status.ToString()), concern.IsOpen,
            shown.RaisedAt, concern.EndedAt ?? answered, shown.DueAt, [.. shown.Answers.Select(x => new PublicRequestAnswer(x.Text, x.At))])
        {
            PlaceName = shown.PlaceName,
            Location = concern.Location?.Rounded(),
            ClosedAt = concern.EndedAt,
            ResidentHasSpoken = shown.ResidentVerdict is not null,
        };
    }

    private static ConcernSource SourceOf(RequestChannel channel) => channel switch
    {
        RequestChannel.Open311 => ConcernSource.Open311,
        RequestChannel.Tip => ConcernSource.Tip,
        _ => ConcernSource.Resident,
    };
}
