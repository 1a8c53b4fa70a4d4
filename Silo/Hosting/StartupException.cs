namespace Dispatch.Hosting;

/// <summary>Starting is impossible with this configuration. The program prints one line and ends with an exit code other than 0.</summary>
/// <param name="code">Stable code.</param>
/// <param name="message">What is wrong and, where it helps, what to do.</param>
/// <param name="inner">What failed.</param>
public sealed class StartupException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The one line that is printed.</summary>
    public string Line => $"dispatch: {Code}: {Message.ReplaceLineEndings(" ")}";
}
