using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Dispatch.Commands;

/// <summary>The stable name of an event: its JSON discriminator, declared once on the base type.</summary>
public static class EventKind
{
    private static readonly ConcurrentDictionary<(Type Base, Type Actual), string> Kinds = new();

    /// <summary>Kind of an event.</summary>
    /// <exception cref="InvalidOperationException">Its type is not declared on <typeparamref name="TEvent"/>.</exception>
    public static string Of<TEvent>(TEvent happened)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(happened);
        return Kinds.GetOrAdd((typeof(TEvent), happened.GetType()), static key =>
            key.Base.GetCustomAttributes<JsonDerivedTypeAttribute>().FirstOrDefault(x => x.DerivedType == key.Actual)?.TypeDiscriminator as string
            ?? throw new InvalidOperationException($"{key.Actual.Name} has no name on {key.Base.Name}."));
    }
}
