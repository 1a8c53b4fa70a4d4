using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Commands;

/// <summary>Writes an enum by its name in camelCase, and refuses numbers, so that stored and sent JSON read the same.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
