using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Partners;

/// <summary>Something that happened to a whistle.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WhistleBlown), "whistleBlown")]
[JsonDerivedType(typeof(WhistleAcknowledged), "whistleAcknowledged")]
[JsonDerivedType(typeof(DepartmentArrived), "departmentArrived")]
[JsonDerivedType(typeof(DepartmentLeft), "departmentLeft")]
[JsonDerivedType(typeof(DepartmentExcused), "departmentExcused")]
[JsonDerivedType(typeof(WhistleClosed), "whistleClosed")]
public abstract record WhistleEvent;

/// <summary>Departments were called to a place.</summary>
public sealed record WhistleBlown(WhistleView Whistle) : WhistleEvent;

/// <summary>A department has heard it.</summary>
public sealed record WhistleAcknowledged(string PartnerId, bool OnBehalf) : WhistleEvent;

/// <summary>A department came.</summary>
public sealed record DepartmentArrived(string PartnerId, string Role, DateTimeOffset ArrivedAt, bool OnBehalf) : WhistleEvent;

/// <summary>A department left.</summary>
public sealed record DepartmentLeft(string PartnerId, string? Result, DateTimeOffset LeftAt, bool OnBehalf) : WhistleEvent;

/// <summary>A department does not come.</summary>
public sealed record DepartmentExcused(string PartnerId, string Reason, bool OnBehalf) : WhistleEvent;

/// <summary>It is over.</summary>
public sealed record WhistleClosed(string Outcome) : WhistleEvent;

/// <summary>Makes the state of a whistle, which is all shown, from its events.</summary>
public static class WhistleState
{
    /// <summary>The state after one more event.</summary>
    public static WhistleView Apply(WhistleView? state, Recorded<WhistleEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var at = recorded.At;
        return recorded.Event switch
        {
            WhistleBlown e => e.Whistle,
            WhistleAcknowledged e => With(state!, e.PartnerId, x => x with { Status = CallStatus.Acknowledged, AcknowledgedAt = at, OnBehalf = e.OnBehalf }),
            DepartmentArrived e => With(
                state!, e.PartnerId, x => x with { Status = CallStatus.Arrived, ArrivedAt = e.ArrivedAt, Role = e.Role, OnBehalf = e.OnBehalf }),
            DepartmentLeft e => With(
                state!, e.PartnerId, x => x with { Status = CallStatus.Left, LeftAt = e.LeftAt, Result = e.Result, OnBehalf = e.OnBehalf }),
            DepartmentExcused e => With(
                state!, e.PartnerId, x => x with { Status = CallStatus.Excused, ExcusedAt = at, Reason = e.Reason, OnBehalf = e.OnBehalf }),
            WhistleClosed e => state! with { Status = WhistleStatus.Closed, ClosedAt = at, Outcome = e.Outcome },
            _ => throw new InvalidOperationException($"A whistle does not know the event {recorded.Event.GetType().Name}."),
        };
    }

    private static WhistleView With(WhistleView state, string partnerId, Func<CalledDepartment, CalledDepartment> change) =>
        state with { Departments = [.. state.Departments.Select(x => x.PartnerId == partnerId ? change(x) : x)] };
}
