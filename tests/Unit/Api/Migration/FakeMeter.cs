using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>A meter that does what the test says.</summary>
internal sealed class FakeMeter : IDirtyRateMeter
{
    public Func<string, DirtyRateMode, TimeSpan, CancellationToken, Task<DirtyRate>> Measure { get; set; } =
        static (_, mode, period, _) => Task.FromResult(new DirtyRate(20 << 20, mode, period, DateTimeOffset.UnixEpoch));

    public Task<DirtyRate> MeasureAsync(string uuid, DirtyRateMode mode, TimeSpan period, CancellationToken cancellation) => Measure(uuid, mode, period, cancellation);
}
