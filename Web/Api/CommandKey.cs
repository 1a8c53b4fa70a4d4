using Microsoft.AspNetCore.Http.Metadata;
using System.Reflection;
using Dispatch.Commands;

namespace Dispatch.Api;

/// <summary>The command id of a request: its Idempotency-Key, or a fresh one, which makes the command work but not its retry.</summary>
/// <param name="Value">1 to 128 visible ASCII characters.</param>
public sealed record CommandKey(string Value) : IBindableFromHttpContext<CommandKey>
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <inheritdoc/>
    public static ValueTask<CommandKey?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Headers[Header] switch
        {
            [] => ValueTask.FromResult<CommandKey?>(new CommandKey(Guid.CreateVersion7().ToString("D"))),
            [{ } one] when IsValid(one) => ValueTask.FromResult<CommandKey?>(new CommandKey(one)),
            _ => throw new BadHttpRequestException(
                $"{Header} must be one value of 1 to {CommandContext.MaxCommandIdLength} visible ASCII characters."),
        };
    }

    /// <summary>Whether a text can be a command id.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= CommandContext.MaxCommandIdLength } && value.All(x => x is > ' ' and <= '~');
}
