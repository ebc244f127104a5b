using NodeAgent.Migration.Model;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>
/// The model that the forecaster is compared with: remaining / rate in the first pass, then (remaining + D since the sync - T) / (B - D)
/// with D the larger of the source's dirty rate and what the last pass dirtied over its time; 0.6 to 1.6 times that below D/B = 0.5,
/// 0.5 to 3 times up to 0.85, nothing above.
/// </summary>
public sealed class SyncModel
{
    private double _rate;
    private double _dirty;
    private double _limit = 0.3;
    private double _remaining;
    private double _synced;
    private double _at;
    private long _pass;

    public void Take(in MigrationSample sample)
    {
        if (sample.DowntimeLimit is { } limit) _limit = limit.TotalSeconds;
        if (sample.RemainingBytes is not { } remaining) return;
        var at = sample.At.TotalSeconds;
        if (sample.TransferBytesPerSecond is { } rate) _rate = rate;
        var pass = sample.Pass ?? _pass;
        if (_pass == 0) _synced = at;
        else if (pass > _pass && at > _synced)
        {
            var dirtied = remaining - _remaining + (_rate * (at - _at));
            _dirty = Math.Max(sample.DirtyBytesPerSecond ?? 0, _pass == 1 ? 0 : dirtied / (at - _synced));
            _synced = at;
        }

        (_pass, _remaining, _at) = (pass, remaining, at);
    }

    public (double? Low, double? High) Interval()
    {
        if (_rate <= 0) return (null, null);
        if (_pass <= 1) return (_remaining / _rate, _remaining / _rate);
        var share = _dirty / _rate;
        if (share > 0.85) return (null, null);
        var seconds = Math.Max(0, (_remaining + (_dirty * (_at - _synced)) - (_rate * _limit)) / (_rate - _dirty));
        return share < 0.5 ? (0.6 * seconds, 1.6 * seconds) : (0.5 * seconds, 3 * seconds);
    }
}
