using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// The verdict that is told. Near the limit passes leave more or less by chance, and what somebody acts on must not come and go
/// with them: in pre-copy another verdict takes over once passes of two seconds (four to take back that there is no progress) have all
/// been beyond the one that is told, and it goes no further than the mildest of them.
/// </summary>
internal struct SteadyVerdict
{
    /// <summary>Seconds. One pass of that length is enough, of short ones it takes several.</summary>
    private const double Evidence = 2.0;

    /// <summary>The same to take back that it makes no progress.</summary>
    private const double EvidenceOfProgress = 4.0;

    /// <summary>A pass that leaves no more than this share of the least so far does so by no chance.</summary>
    private const double PlainRatio = 0.5;

    private MigrationVerdict _told;
    private MigrationVerdict _nearest;
    private double? _since;

    /// <param name="now">As things are at this sample.</param>
    /// <param name="state">Of the same sample.</param>
    public MigrationVerdict Of(MigrationVerdict now, in MigrationState state)
    {
        // Plain: what other phases say, and of what made no progress that nothing is known any more, or that a pass left much less.
        var plain = state.Phase != MigrationPhase.Active || _told is < MigrationVerdict.Converging or > MigrationVerdict.WillNotConverge
            || (_told >= MigrationVerdict.Stagnating && (now == MigrationVerdict.TooEarly || (now < MigrationVerdict.Stagnating && state.Progress.Ratio is > 0 and < PlainRatio)));
        if (plain || now == _told) return Tell(now);
        if (_since is null || now > _told != _nearest > _told) (_since, _nearest) = (state.At - state.SinceSync - state.Passes[0].Seconds, now);
        else if (Math.Abs(now - _told) < Math.Abs(_nearest - _told)) _nearest = now;
        var needed = _told >= MigrationVerdict.Stagnating && _nearest < MigrationVerdict.Stagnating ? EvidenceOfProgress : Evidence;
        return state.At - _since >= needed ? Tell(_nearest) : _told;
    }

    private MigrationVerdict Tell(MigrationVerdict verdict)
    {
        (_told, _since) = (verdict, null);
        return verdict;
    }
}
