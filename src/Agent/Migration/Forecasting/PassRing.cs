using System.Runtime.CompilerServices;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>The last passes of a migration, the newest at 0; a fixed size, however many there are.</summary>
internal struct PassRing
{
    public const int Capacity = 8;
    private Passes _passes;
    private int _next;

    public int Count { get; private set; }

    public readonly MigrationPass this[int age] => _passes[(_next - 1 - age + (2 * Capacity)) % Capacity];

    public void Add(in MigrationPass pass)
    {
        _passes[_next] = pass;
        _next = (_next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Forgets all but the newest: what they say of the guest no longer holds.</summary>
    public void KeepNewest() => Count = Math.Min(Count, 1);

    [InlineArray(Capacity)]
    private struct Passes
    {
        private MigrationPass _first;
    }
}
