using System.Text.Json.Serialization;

namespace Dispatch.Commands;

/// <summary>Why a command was refused; a refused command has changed nothing.</summary>
/// <param name="Kind">Which family of answer it is.</param>
/// <param name="Code">Stable code in camelCase, one of <see cref="RefusalCodes"/>.</param>
/// <param name="Message">One sentence for people, in English; programs read the code.</param>
/// <param name="Field">The field of the body that is wrong, in camelCase, where there is one.</param>
[GenerateSerializer, Immutable, Alias("dispatch.refusal")]
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string? Field = null)
{
    /// <summary>Refused by the rules of dispatch in the present state (HTTP 409).</summary>
    public static Refusal Rule(string code, string message) => new(RefusalKind.Rule, code, message);

    /// <summary>Input that can never be right (HTTP 422).</summary>
    public static Refusal Invalid(string code, string field, string message) => new(RefusalKind.Invalid, code, message, field);

    /// <summary>Something that does not exist (HTTP 404).</summary>
    public static Refusal NotFound(string code, string message) => new(RefusalKind.NotFound, code, message);
}

/// <summary>The family of a refusal; the web tier maps it to a status code.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RefusalKind>))]
public enum RefusalKind
{
    /// <summary>The rules say no in the present state: 409.</summary>
    Rule,

    /// <summary>The input is wrong: 422.</summary>
    Invalid,

    /// <summary>Unknown id: 404.</summary>
    NotFound,

    /// <summary>Not the caller's to see or to do: 403.</summary>
    Forbidden,

    /// <summary>Nobody knows whether it was done; a retry with the same command id is safe: 503.</summary>
    Unknown,
}
