using System.Globalization;
using System.Text;

namespace Dispatch.Api;

/// <summary>Where a page of rows that are ordered by time and id ended; goes to the caller as a text that means nothing to it.</summary>
/// <param name="At">Time of the last row.</param>
/// <param name="Id">Its id.</param>
public readonly record struct PageCursor(DateTimeOffset At, string Id)
{
    private const int MaxLength = 256;

    /// <summary>As the caller gets it.</summary>
    public override string ToString() => Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)}|{Id}"));

    /// <summary>Reads it back.</summary>
    /// <exception cref="BadHttpRequestException">It is none of ours.</exception>
    public static PageCursor Parse(string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (cursor.Length <= MaxLength && Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes[..length]).Split('|') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks)
        {
            return new PageCursor(new DateTimeOffset(at, TimeSpan.Zero), id);
        }

        throw new BadHttpRequestException("The cursor is not one that was given here.");
    }
}
