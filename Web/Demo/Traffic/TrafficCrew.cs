using System.Collections.Immutable;
using Dispatch.Pairs;

namespace Dispatch.Demo;

/// <summary>The pairs of the demonstration: signs an officer of each in and lets it work.</summary>
public sealed class TrafficCrew(TrafficWorld world, string password)
{
    /// <summary>Every so many pairs, one stays off duty.</summary>
    private const int OffDutyEvery = 13;

    private const int FirstOffDuty = 6;

    /// <summary>One clock for all pairs, in so many groups: to wake up for each pair alone costs more than what the pairs do.</summary>
    private const int Groups = 2;

    private ImmutableList<Phone> phones = [];

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="pairs">The pairs in the order in which their officers' accounts are numbered.</param>
    /// <param name="signInsAtOnce">Signing in costs the server a password hash, so only so many do it at once.</param>
    /// <param name="stopping">Stops it.</param>
    public async Task RunAsync(IReadOnlyList<PairView> pairs, int signInsAtOnce, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        using var gate = new SemaphoreSlim(signInsAtOnce, signInsAtOnce);
        var officersBefore = 0;
        var working = new List<Task>();
        foreach (var (index, pair) in pairs.Index())
        {
            var userName = DemoAccounts.OfficerUserName(officersBefore + 1);
            officersBefore += pair.Officers.Length;
            if (index > 0 && index % OffDutyEvery != FirstOffDuty)
            {
                working.Add(WorkAsync(pair, userName, gate, stopping));
            }
        }

        working.Add(TickAsync(stopping));
        await Task.WhenAll(working);
    }

    private async Task TickAsync(CancellationToken stopping)
    {
        for (var tick = 0; ; tick++)
        {
            foreach (var (index, phone) in phones.Index())
            {
                if (index % Groups == tick % Groups)
                {
                    phone.BeginTurn(stopping);
                }
            }

            await Task.Delay(world.Pace.Turn / Groups, world.Api.Time, stopping);
        }
    }

    private async Task WorkAsync(PairView pair, string userName, SemaphoreSlim gate, CancellationToken stopping)
    {
        var session = new TrafficSession(world.Api, userName, password);
        if (!await SignInAsync(session, pair, userName, gate, stopping))
        {
            session.Dispose();
            return;
        }

        await using var phone = new Phone(world, session, pair, stopping);
        ImmutableInterlocked.Update(ref phones, x => x.Add(phone));
        await phone.RunAsync(stopping);
    }

    /// <summary>Signs in, again and again until it succeeds.</summary>
    /// <returns>False where the account is not of this pair.</returns>
    private async Task<bool> SignInAsync(TrafficSession session, PairView pair, string userName, SemaphoreSlim gate, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            await gate.WaitAsync(stopping);
            try
            {
                await session.TokenAsync(stopping);
                break;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                world.Trouble.Report($"{userName} signs in", exception.Message, exception);
            }
            finally
            {
                gate.Release();
            }

            await Task.Delay(TrafficBackOff.Next(attempt, world.Dice), world.Api.Time, stopping);
        }

        if (session.PairId == pair.Id)
        {
            return true;
        }

        world.Trouble.Report(userName, $"is of pair {session.PairId} and not of {pair.Id}, which stays off duty");
        return false;
    }
}
