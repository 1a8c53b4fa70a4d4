using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Partners;

/// <summary>Something that happened to work given to a partner.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReferralGiven), "referralGiven")]
[JsonDerivedType(typeof(ReferralAccepted), "referralAccepted")]
[JsonDerivedType(typeof(ReferralRefused), "referralRefused")]
[JsonDerivedType(typeof(ReferralProgressed), "referralProgressed")]
[JsonDerivedType(typeof(ReferralReturned), "referralReturned")]
[JsonDerivedType(typeof(ReferralSentBack), "referralSentBack")]
[JsonDerivedType(typeof(ReferralClosed), "referralClosed")]
[JsonDerivedType(typeof(ReferralRecalled), "referralRecalled")]
public abstract record ReferralEvent;

/// <summary>Work was given to a partner.</summary>
public sealed record ReferralGiven(ReferralView Referral) : ReferralEvent;

/// <summary>The partner does it.</summary>
public sealed record ReferralAccepted(bool OnBehalf, DateTimeOffset ReturnDueAt) : ReferralEvent;

/// <summary>The partner does not.</summary>
public sealed record ReferralRefused(string Reason, bool OnBehalf) : ReferralEvent;

/// <summary>Word on the way.</summary>
public sealed record ReferralProgressed(string Text, bool OnBehalf) : ReferralEvent;

/// <summary>The result came.</summary>
public sealed record ReferralReturned(ReferralResult Result, string Text, bool OnBehalf) : ReferralEvent;

/// <summary>The pair did not take it.</summary>
public sealed record ReferralSentBack(string Reason, DateTimeOffset ReturnDueAt) : ReferralEvent;

/// <summary>The pair took it.</summary>
public sealed record ReferralClosed : ReferralEvent;

/// <summary>The pair took the work back.</summary>
public sealed record ReferralRecalled(string Reason) : ReferralEvent;

/// <summary>Makes the state of a referral, which is all shown, from its events.</summary>
public static class ReferralState
{
    private const int MostProgress = 20;

    /// <summary>The state after one more event.</summary>
    public static ReferralView Apply(ReferralView? state, Recorded<ReferralEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Event is ReferralGiven given)
        {
            return given.Referral;
        }

        var (s, at) = (state!, recorded.At);
        return recorded.Event switch
        {
            ReferralAccepted e => s with { Status = ReferralStatus.Accepted, AnsweredAt = at, ReturnDueAt = e.ReturnDueAt, OnBehalf = e.OnBehalf },
            ReferralRefused e => s with { Status = ReferralStatus.Refused, AnsweredAt = at, ClosedAt = at, Reason = e.Reason, OnBehalf = e.OnBehalf },
            ReferralProgressed e => s with
            {
                Progress = [.. s.Progress.TakeLast(MostProgress - 1), new ReferralProgress(at, recorded.By.Name, e.Text)], OnBehalf = e.OnBehalf,
            },
            ReferralReturned e => s with
            {
                Status = ReferralStatus.Returned, ReturnedAt = at, Result = e.Result, ResultText = e.Text, OnBehalf = e.OnBehalf,
            },
            ReferralSentBack e => s with
            {
                Status = ReferralStatus.Accepted, Reason = e.Reason, ReturnDueAt = e.ReturnDueAt, TimesSentBack = s.TimesSentBack + 1,
            },
            ReferralClosed => s with { Status = ReferralStatus.Closed, ClosedAt = at },
            ReferralRecalled e => s with { Status = ReferralStatus.Recalled, ClosedAt = at, Reason = e.Reason },
            _ => throw new InvalidOperationException($"A referral does not know the event {recorded.Event.GetType().Name}."),
        };
    }
}
