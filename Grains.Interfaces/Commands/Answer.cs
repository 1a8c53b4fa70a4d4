using System.Diagnostics.CodeAnalysis;

namespace Dispatch.Commands;

/// <summary>What a command brought: a value, or a refusal that changed nothing.</summary>
/// <typeparam name="T">The view that is answered.</typeparam>
[GenerateSerializer, Immutable, Alias("dispatch.answer`1")]
public sealed class Answer<T>
    where T : class
{
    [Id(0)]
    private readonly T? value;

    private Answer(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    /// <summary>Why it was refused; null when it was done.</summary>
    [Id(1)]
    public Refusal? Refusal { get; }

    /// <summary>The state after the command, as it was when the command was first done.</summary>
    /// <exception cref="InvalidOperationException">The command was refused.</exception>
    public T Value => value ?? throw new InvalidOperationException($"{Refusal?.Code}: {Refusal?.Message}");

    /// <summary>Whether the command was refused.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    /// <summary>A command that was done.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>A command that was refused.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);
}
