namespace Dispatch.Concerns;

/// <summary>The queues that supervisors and pairs work off.</summary>
public enum ConcernQueue
{
    /// <summary>Open, and the answer clock is over.</summary>
    Overdue,

    /// <summary>Open, and the residents have no answer.</summary>
    Unanswered,

    /// <summary>Closed by the police, and the resident has not said anything yet.</summary>
    AwaitingConfirmation,

    /// <summary>Closed by the police, and the resident does not confirm: opening it again is offered.</summary>
    NotConfirmed,

    /// <summary>Opened again, and still open.</summary>
    Reopened,

    /// <summary>Open, and brought to a supervisor.</summary>
    Escalated,
}
