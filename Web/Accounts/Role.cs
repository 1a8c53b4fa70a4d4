namespace Dispatch.Accounts;

/// <summary>What an account may do; its scope says where.</summary>
public static class Role
{
    /// <summary>Looks after accounts and the organisation.</summary>
    public const string Administrator = "administrator";

    /// <summary>Opens incidents and sends pairs.</summary>
    public const string Dispatcher = "dispatcher";

    /// <summary>Watches over communities, pairs and response; may do what a dispatcher does.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>An officer of a pair.</summary>
    public const string Officer = "officer";

    /// <summary>审计员: reads who read protected fields and what was erased; sees no protected field itself.</summary>
    public const string Auditor = "auditor";

    /// <summary>督察: complaints about the police, outside the chain of the pair and the station they are about.</summary>
    public const string Oversight = "oversight";

    /// <summary>协作单位: somebody at a partner, who sees the work given to it and nothing else. Goes with no other role.</summary>
    public const string Partner = "partner";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Administrator, Dispatcher, Supervisor, Officer, Auditor, Oversight, Partner];
}
