using Dispatch.Storage;
using Orleans.Storage;

namespace Dispatch.Benchmarks.Processes;

/// <summary>The product's serialiser; counts what passes.</summary>
public sealed class CountingSerializer : IGrainStorageSerializer
{
    private readonly DispatchGrainStorageSerializer product = new();
    private long records;
    private long bytes;

    /// <summary>Records and bytes since the start.</summary>
    public (long Records, long Bytes) Total => (Volatile.Read(ref records), Volatile.Read(ref bytes));

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input)
    {
        var data = product.Serialize(input);
        Interlocked.Increment(ref records);
        Interlocked.Add(ref bytes, data.ToMemory().Length);
        return data;
    }

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) => product.Deserialize<T>(input);
}
