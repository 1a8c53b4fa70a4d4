using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>Where a department stands that a whistle called.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CallStatus>))]
public enum CallStatus
{
    /// <summary>Called.</summary>
    Called,

    /// <summary>Has heard it.</summary>
    Acknowledged,

    /// <summary>报到: is there.</summary>
    Arrived,

    /// <summary>Was there.</summary>
    Left,

    /// <summary>Does not come, and said why.</summary>
    Excused,
}

/// <summary>Whether a whistle is over.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WhistleStatus>))]
public enum WhistleStatus
{
    /// <summary>吹哨: the departments are called.</summary>
    Blown,

    /// <summary>Over, with its outcome.</summary>
    Closed,
}

/// <summary>A department that a whistle called: who came when. Each time is written once.</summary>
/// <param name="PartnerId">Which.</param>
/// <param name="Name">What it was called then.</param>
/// <param name="Status">Where it stands.</param>
[GenerateSerializer, Immutable, Alias("dispatch.called-department")]
public sealed record CalledDepartment(string PartnerId, string Name, CallStatus Status)
{
    /// <summary>When it said that it has heard.</summary>
    [Id(3)]
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it came.</summary>
    [Id(4)]
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>Who came, by post and not by name.</summary>
    [Id(5)]
    public string? Role { get; init; }

    /// <summary>When it left.</summary>
    [Id(6)]
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>What it did there.</summary>
    [Id(7)]
    public string? Result { get; init; }

    /// <summary>When it said that it does not come.</summary>
    [Id(8)]
    public DateTimeOffset? ExcusedAt { get; init; }

    /// <summary>Why it does not come.</summary>
    [Id(9)]
    public string? Reason { get; init; }

    /// <summary>Whether its last word was recorded by somebody else, who was told it or saw it.</summary>
    [Id(10)]
    public bool OnBehalf { get; init; }

    /// <summary>Whether it is still waited for.</summary>
    public bool IsAwaited => Status is CallStatus.Called or CallStatus.Acknowledged;
}

/// <summary>吹哨报到: a pair or supervisor calls departments to a place, and who came when is on record.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">For people.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="Status">Whether it is over.</param>
/// <param name="Purpose">What for, 1 to 1,000 characters.</param>
/// <param name="BlownAt">When.</param>
/// <param name="BlownById">By whose account.</param>
/// <param name="BlownBy">By whom.</param>
/// <param name="ArriveBy">Until when the departments are to be there.</param>
/// <param name="Departments">Who was called, 1 to 10.</param>
[GenerateSerializer, Immutable, Alias("dispatch.whistle-view")]
public sealed record WhistleView(
    string Id, string Number, string CommunityId, string StationId, long Version, WhistleStatus Status, string Purpose, DateTimeOffset BlownAt, string BlownById,
    string BlownBy, DateTimeOffset ArriveBy, ImmutableArray<CalledDepartment> Departments) : IMatterView
{
    /// <summary>Name of the place, a public one.</summary>
    [Id(12)]
    public string? Place { get; init; }

    /// <summary>Where it is, rounded to some 100 m.</summary>
    [Id(13)]
    public GeoPoint? Location { get; init; }

    /// <summary>The pair that blew it.</summary>
    [Id(14)]
    public string? PairId { get; init; }

    /// <summary>When it was over.</summary>
    [Id(15)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What came of it.</summary>
    [Id(16)]
    public string? Outcome { get; init; }

    /// <summary>Whether there is still something to do.</summary>
    public bool IsOpen => Status == WhistleStatus.Blown;

    /// <summary>When the clock that runs now is over: as long as somebody is waited for.</summary>
    public DateTimeOffset? DueAt => IsOpen && Departments.Any(x => x.IsAwaited) ? ArriveBy : null;

    /// <summary>A department that was called; null where it was not.</summary>
    public CalledDepartment? Find(string partnerId) => Departments.FirstOrDefault(x => x.PartnerId == partnerId);

    /// <summary>Without free text, which may hold anything.</summary>
    public WhistleView ForMasked() => this with
    {
        Purpose = string.Empty, Place = null, Outcome = Outcome is null ? null : string.Empty,
        Departments =
        [
            .. Departments.Select(x => x with
            {
                Role = null, Result = x.Result is null ? null : string.Empty, Reason = x.Reason is null ? null : string.Empty,
            }),
        ],
    };
}
