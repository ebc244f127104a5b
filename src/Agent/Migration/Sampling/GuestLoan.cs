using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Sampling;

/// <summary>A guest's source for as long as a measurement takes.</summary>
/// <param name="guest">Whose.</param>
/// <param name="source">What is lent; nobody else calls it meanwhile.</param>
/// <param name="taken">The guest migrates now, or is gone: the measurement is to end.</param>
/// <param name="giveBack">Called once, by the disposal.</param>
internal sealed class GuestLoan(Guest guest, IGuestSource source, CancellationToken taken, Action giveBack) : IDisposable
{
    public Guest Guest => guest;

    public IGuestSource Source => source;

    public CancellationToken Taken => taken;

    public void Dispose() => giveBack();
}
