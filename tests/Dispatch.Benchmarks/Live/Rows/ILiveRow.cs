namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>A row of the benchmark: a question with a target.</summary>
public interface ILiveRow
{
    /// <summary>How it is asked for.</summary>
    string Name { get; }

    /// <summary>Measures and prints.</summary>
    Task RunAsync(Stage stage);
}
