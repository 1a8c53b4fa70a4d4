using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Protection;

/// <summary>What kind of matter protected fields belong to; each kind is kept for its own time (<c>Dispatch:Retention</c>).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RetentionClass>))]
public enum RetentionClass
{
    /// <summary>An ordinary contact with residents: a visit, a meeting, a request.</summary>
    Contact,

    /// <summary>关切: something residents want solved.</summary>
    Concern,

    /// <summary>纠纷: a conflict under mediation.</summary>
    Dispute,

    /// <summary>警情: who called, and where exactly.</summary>
    Incident,

    /// <summary>举报.</summary>
    Tip,

    /// <summary>投诉: a complaint about the police.</summary>
    Complaint,
}
