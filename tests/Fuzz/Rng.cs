namespace NodeAgent.Tests.Fuzz;

/// <summary>SplitMix64: a random number in a nanosecond, from a seed that names a single iteration.</summary>
public struct Rng(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    public int Below(int bound) => bound <= 0 ? 0 : (int)(Next() % (ulong)bound);
}
