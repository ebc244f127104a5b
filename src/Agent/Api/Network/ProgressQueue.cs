using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NodeAgent.Network.Applying;

namespace NodeAgent.Api.Network;

/// <summary>Progress on its way from the engine's thread to a stream. The engine never waits for the reader; of steps a slow reader gets the newest only.</summary>
internal sealed class ProgressQueue : IProgress<ApplyEvent>
{
    private readonly Channel<ApplyEvent> _events = Channel.CreateUnbounded<ApplyEvent>(new UnboundedChannelOptions { SingleReader = true });

    public void Report(ApplyEvent value) => _events.Writer.TryWrite(value);

    /// <summary>Nothing more will come.</summary>
    public void End() => _events.Writer.TryComplete();

    /// <summary>What was reported, until <see cref="End"/>.</summary>
    public async IAsyncEnumerable<ApplyEvent> ReadAll([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await _events.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (_events.Reader.TryRead(out var one))
            {
                if (one.Stage == ApplyStage.Apply && _events.Reader.TryPeek(out var next) && next.Stage == ApplyStage.Apply) continue;
                yield return one;
            }
        }
    }
}
