namespace Dispatch.Replay;

/// <summary>A command line that cannot be carried out: its message is the one line that is printed, and the exit code is 2.</summary>
public sealed class CommandFaultException : Exception
{
    /// <summary>A fault that needs no other words than these.</summary>
    public CommandFaultException(string message)
        : base(message)
    {
    }

    /// <summary>A fault that another one brought about.</summary>
    public CommandFaultException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
