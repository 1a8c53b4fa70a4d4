using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>A problem: owns its way through SARA. Key: the problem's id.</summary>
[Alias("dispatch.problem")]
public interface IProblemGrain : IMatterGrain<ProblemCommand, ProblemView>;
