using System.Reflection;

namespace Dispatch.Processes;

/// <summary>What the build knew and the tests need: where it left the programs, and where the project is.</summary>
public static class BuildFacts
{
    /// <summary>The project's root.</summary>
    public static string ProjectRoot => Of("ProjectRoot");

    /// <summary>One of them by its name.</summary>
    internal static string Of(string name) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == name).Value!;
}
