using Microsoft.Extensions.Configuration;

namespace Dispatch.Hosting;

/// <summary>Reads a section of the configuration into its options.</summary>
public static class Settings
{
    /// <summary>The options, with defaults for what is not set.</summary>
    /// <exception cref="StartupException">A value cannot be read, or a name is unknown.</exception>
    public static T Read<T>(this IConfiguration configuration, string section, string code)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>(x => x.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException exception)
        {
            throw new StartupException(code, $"{section}: {exception.Message}", exception);
        }
    }
}
