namespace NodeAgent.Migration.Sampling;

/// <summary>Is told of each sample that was asked for. From any thread; returns at once, allocates nothing and may not throw.</summary>
public interface ISamplingObserver
{
    /// <param name="took">From the question to the answer, or to the time at which it was given up.</param>
    /// <param name="failed">No answer in time, or none that makes sense.</param>
    void Sampled(TimeSpan took, bool failed);
}
