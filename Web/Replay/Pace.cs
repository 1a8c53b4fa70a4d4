using System.Globalization;

namespace Dispatch.Replay;

/// <summary>How fast recorded time passes.</summary>
/// <param name="Factor">Recorded seconds per second; 0 for as fast as the machine allows.</param>
public readonly record struct Pace(double Factor)
{
    /// <summary>Fastest pace that is still a pace: a day in less than a second and a half.</summary>
    private const double MostFactor = 60_000;

    /// <summary>Whether nothing is waited for but the steps before.</summary>
    public bool IsUnpaced => Factor == 0;

    /// <summary>Reads <c>60</c>, <c>0</c> or <c>max</c>.</summary>
    /// <exception cref="CommandFaultException">It is none of these.</exception>
    public static Pace Parse(string text) =>
        text == "max" ? new Pace(0)
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is >= 0 and <= MostFactor
            ? new Pace(factor)
            : throw new CommandFaultException($"--speed '{text}' must be a number up to {MostFactor}, or max.");

    /// <summary>How long after the start of the replay a step is due.</summary>
    /// <param name="recorded">How long after the first step it was recorded.</param>
    public TimeSpan DueAfter(TimeSpan recorded) => IsUnpaced ? TimeSpan.Zero : recorded / Factor;

    /// <summary>An interval of the replay in recorded time; as it is where there is no pace.</summary>
    public TimeSpan InRecordedTime(TimeSpan ours) => IsUnpaced ? ours : ours * Factor;

    /// <inheritdoc/>
    public override string ToString() => IsUnpaced ? "max" : $"{Factor.ToString("0.##", CultureInfo.InvariantCulture)}x";
}
