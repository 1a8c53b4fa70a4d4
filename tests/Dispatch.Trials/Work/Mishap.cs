namespace Dispatch.Trials.Work;

/// <summary>What happens to a screen.</summary>
public enum Mishap
{
    /// <summary>Its TCP connection is cut; it comes back at once at the same web node.</summary>
    Cut,

    /// <summary>Its TCP connection is cut; it comes back at once at the other web node.</summary>
    Moved,

    /// <summary>Its TCP connection is cut; it stays away for a while and comes back anywhere.</summary>
    Away,

    /// <summary>It reads slowly for a while.</summary>
    Slow,
}
