using System.Globalization;

namespace NodeAgent.Migration.Sampling;

/// <summary>Ids of migrations, unique on the node also over restarts: when this process began to follow them, and a number.</summary>
internal sealed class MigrationIds(DateTimeOffset started)
{
    private readonly string _prefix = started.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
    private int _last;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{++_last}");
}
