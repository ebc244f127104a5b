using System.Runtime.CompilerServices;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <summary>The passes that the forecaster closed since they were taken last; nothing is allocated.</summary>
internal struct PassesSeen
{
    private Newest _newest;
    private long _last;

    /// <summary>How many are new.</summary>
    public int Count { get; private set; }

    /// <summary>A new one, oldest first.</summary>
    public readonly MigrationPass this[int index] => _newest[Count - 1 - index];

    /// <summary>Looks for passes that are new.</summary>
    public void Look(MigrationForecaster forecaster)
    {
        Count = forecaster.Passes(_newest);
        while (Count > 0 && _newest[Count - 1].Number <= _last) Count--;
    }

    /// <summary>They are known now.</summary>
    public void Taken()
    {
        if (Count > 0) _last = _newest[0].Number;
        Count = 0;
    }

    /// <summary>Passes up to this one were known before.</summary>
    public void Skip(long last) => _last = last;

    [InlineArray(8)]
    private struct Newest
    {
        private MigrationPass _first;
    }
}
