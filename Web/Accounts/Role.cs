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

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Administrator, Dispatcher, Supervisor, Officer];
}
