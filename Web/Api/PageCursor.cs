using System.Globalization;
using System.Text;

namespace Dispatch.Api;

/// <summary>Where a page of a search ended, newest first: the time and the id of its last item.</summary>
/// <param name="At">Time that the search is ordered by.</param>
/// <param name="Id">Id, where times are equal.</param>
public readonly record struct PageCursor(DateTimeOffset At, string Id)
{
    private const int MaxLength = 256;

    /// <summary>Reads it.</summary>
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

    /// <inheritdoc/>
    public override string ToString() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)}|{Id}"));
}

/// <summary>A page of a search, newest first.</summary>
/// <param name="Items">What was found.</param>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>A page of what was found, of which one more than the limit was asked for.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> found, int limit, Func<T, PageCursor> cursor)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(cursor);
        return found.Count <= limit ? new Page<T>(found, null) : new Page<T>([.. found.Take(limit)], cursor(found[limit - 1]).ToString());
    }
}
