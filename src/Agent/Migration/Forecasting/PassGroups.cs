using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// The curves that the last passes allow. Passes of about the newest one's length are taken together, since one of a few 100 ms
/// windows is noisy; older ones of clearly other length, under the same throttle, show how the curve bends.
/// </summary>
internal readonly record struct PassGroups
{
    private const double SameLength = 1.5;

    /// <summary>After one pass alone: the guest's rate at the start of a pass, in mean rates of that pass.</summary>
    private const double LikelyTimes = 1.5;
    private const double MostTimes = 2.5;

    /// <summary>What dirtied bytes may be off by.</summary>
    private const double Error = 0.03;

    /// <summary>Passes about as long as the newest.</summary>
    public MigrationPass Newest { get; private init; }

    /// <summary>Passes of other length; null where there are none.</summary>
    public MigrationPass? Other { get; private init; }

    public MigrationPass? Longer => Other is { } other ? (other.Seconds > Newest.Seconds ? other : Newest) : null;

    private MigrationPass Shorter => Other is { } other && other.Seconds < Newest.Seconds ? other : Newest;

    /// <summary>As if every write met a fresh page in any shorter time.</summary>
    public DirtyCurve Early => DirtyCurve.Straight(Newest.DirtiedBytes * (1 - Error), Newest.Seconds);

    public DirtyCurve Likely => Longer is { } longer ? DirtyCurve.Through(Shorter, longer) : DirtyCurve.Saturating(Newest.DirtiedBytes, Newest.Seconds, LikelyTimes);

    /// <summary>As if a small hot set was dirty at once.</summary>
    public DirtyCurve Late => Longer is { } longer ? DirtyCurve.Steep(More(Shorter), longer) : DirtyCurve.Saturating(Newest.DirtiedBytes, Newest.Seconds, MostTimes);

    public static PassGroups Of(in PassRing passes)
    {
        var newest = passes[0];
        Sum same = default, other = default;
        for (var age = 0; age < passes.Count; age++)
        {
            var pass = passes[age];
            if (pass.ThrottlePercent != newest.ThrottlePercent) break;
            if (other.Count == 0 && pass.Seconds < SameLength * newest.Seconds && newest.Seconds < SameLength * pass.Seconds) same.Add(pass);
            else if (other.Count == 0 || IsLike(pass, other.First)) other.Add(pass);
        }

        return new PassGroups { Newest = same.Mean, Other = other.Count > 0 ? other.Mean : null };
    }

    private static bool IsLike(in MigrationPass pass, in MigrationPass first) => pass.Seconds < SameLength * first.Seconds && first.Seconds < SameLength * pass.Seconds;

    private static MigrationPass More(in MigrationPass pass) => pass with { DirtiedBytes = pass.DirtiedBytes * (1 + Error) };

    private struct Sum
    {
        private double _seconds;
        private double _bytes;

        public int Count { get; private set; }

        public MigrationPass First { get; private set; }

        public readonly MigrationPass Mean => First with { Seconds = _seconds / Count, DirtiedBytes = _bytes / Count };

        public void Add(in MigrationPass pass)
        {
            if (Count++ == 0) First = pass;
            (_seconds, _bytes) = (_seconds + pass.Seconds, _bytes + pass.DirtiedBytes);
        }
    }
}
