using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Packs;

/// <summary>Something that the model does.</summary>
/// <param name="Code">Unique among the practices.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Description">What it is, in Chinese.</param>
/// <param name="DescriptionEn">What it is, in English.</param>
[GenerateSerializer, Immutable, Alias("dispatch.practice")]
public sealed record Practice(string Code, string Name, string NameEn, string Description, string DescriptionEn);

/// <summary>Something that can be given to do in a community.</summary>
/// <param name="Code">Unique among the kinds of task.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="PartnerKinds">Codes of the partners that can be given it, beside the pairs, who can be given all.</param>
[GenerateSerializer, Immutable, Alias("dispatch.task-kind")]
public sealed record TaskKind(string Code, string Name, string NameEn, ImmutableArray<string> PartnerKinds);

/// <summary>What concerns are called in the model, and whether each has an owner.</summary>
/// <param name="One">One concern (关切), in Chinese.</param>
/// <param name="OneEn">One concern, in English.</param>
/// <param name="List">The list of those that are raised, in Chinese.</param>
/// <param name="ListEn">The list of those that are raised, in English.</param>
/// <param name="WorkList">The list of those that are worked on, in Chinese, such as 整改清单.</param>
/// <param name="WorkListEn">The list of those that are worked on, in English, such as rectification list.</param>
/// <param name="RequiresOwner">Whether a concern cannot be worked on before somebody owns it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.concern-words")]
public sealed record ConcernWords(
    string One, string OneEn, string List, string ListEn, string WorkList, string WorkListEn, bool RequiresOwner);

/// <summary>A way to reach residents.</summary>
/// <param name="Code">Unique among the channels.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Receipts">Whether it is counted how many have received what was sent; never who.</param>
[GenerateSerializer, Immutable, Alias("dispatch.channel")]
public sealed record Channel(string Code, string Name, string NameEn, ChannelKind Kind, bool Receipts = false);

/// <summary>What a channel is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ChannelKind>))]
public enum ChannelKind
{
    /// <summary>Face to face.</summary>
    InPerson,

    /// <summary>A group of residents in which everybody writes.</summary>
    Group,

    /// <summary>From one to many.</summary>
    Broadcast,

    /// <summary>By telephone.</summary>
    Phone,

    /// <summary>A page or form on the net.</summary>
    Web,
}

/// <summary>Somebody beside the pairs who can be given work.</summary>
/// <param name="Code">Unique among the kinds of partner.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="TakesWork">Whether tasks can be given to them, to be accepted or refused with a reason.</param>
/// <param name="Mediates">Whether disputes can be referred to them.</param>
/// <param name="AnswersWhistle">Whether a whistle (吹哨报到) calls them to a place.</param>
/// <param name="Volunteers">Whether they are volunteers with a status path (applied to left); such have no access to case data and never mediate.</param>
[GenerateSerializer, Immutable, Alias("dispatch.partner-kind")]
public sealed record PartnerKind(
    string Code,
    string Name,
    string NameEn,
    bool TakesWork = true,
    bool Mediates = false,
    bool AnswersWhistle = false,
    bool Volunteers = false);

/// <summary>What a patrol team (巡逻队) is made of, such as 1+1+N: so many officers, so many auxiliaries, volunteers.</summary>
/// <param name="PartnerKind">Code of the kind of partner that it is.</param>
/// <param name="Officers">How many officers.</param>
/// <param name="Auxiliaries">How many auxiliaries (辅警).</param>
/// <param name="MinVolunteers">How many volunteers (义警) at least, the N.</param>
/// <param name="MaxVolunteers">How many volunteers at most.</param>
[GenerateSerializer, Immutable, Alias("dispatch.patrol-team-rule")]
public sealed record PatrolTeamRule(string PartnerKind, int Officers, int Auxiliaries, int MinVolunteers, int MaxVolunteers);
