using System.Globalization;
using NodeAgent.Files;

namespace NodeAgent.Network.Applying;

/// <summary>
/// The transactions on disk, one file each in STATE/transactions. The file is durable before the first message to the kernel
/// and says, whatever happens to this process, whether the change was kept.
/// </summary>
public sealed class Journal(string stateFolder, TimeProvider clock)
{
    /// <summary>How many ended transactions are kept for `net rollback` and for the record.</summary>
    public const int Kept = 50;

    /// <summary>The word that keeps a waiting transaction.</summary>
    public const string ConfirmWord = "confirm";

    /// <summary>The word that undoes a waiting transaction at once.</summary>
    public const string RollBackWord = "rollback";

    // One for all of a process: several engines may work on one folder.
    private static int s_sequence;

    private readonly string _folder = Path.Combine(stateFolder, "transactions");
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>A new id: the time in UTC, the process and a number.</summary>
    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmss.fff}-{Environment.ProcessId}-{Interlocked.Increment(ref s_sequence)}");

    /// <summary>Writes the record, durably.</summary>
    /// <exception cref="IOException">The state folder is full, read-only or gone.</exception>
    public void Write(TransactionRecord record)
    {
        Directory.CreateDirectory(_folder);
        DurableFile.Write(PathOf(record.Id), JournalJson.Write(record));
    }

    /// <summary>All records, oldest first. A file that cannot be read is reported through <paramref name="onBad"/> and left where it is.</summary>
    public IReadOnlyList<TransactionRecord> ReadAll(Action<string>? onBad = null) => Read(int.MaxValue, onBad);

    /// <summary>The newest records, oldest first.</summary>
    public IReadOnlyList<TransactionRecord> ReadNewest(int count) => Read(count, null);

    /// <summary>Transactions under way, oldest first. Files of ended ones are read once only, so that asking again costs little. For one thread.</summary>
    /// <exception cref="IOException">The state folder cannot be read.</exception>
    public IReadOnlyList<TransactionRecord> ReadOpen()
    {
        if (!Directory.Exists(_folder)) return [];
        var open = new List<TransactionRecord>();
        var paths = Directory.GetFiles(_folder, "*.json");
        _ended.IntersectWith(paths);
        foreach (var path in paths.Where(p => !_ended.Contains(p)).Order(StringComparer.Ordinal))
        {
            if (Read(path) is not { } record) continue;
            if (record.State == TransactionState.Open) open.Add(record);
            else if (record.State != TransactionState.Committed) _ended.Add(path);
        }

        return open;
    }

    // Null where it went meanwhile or makes no sense.
    private static TransactionRecord? Read(string path)
    {
        try
        {
            return JournalJson.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Removes the oldest ended transactions beyond <see cref="Kept"/>.</summary>
    public void Trim()
    {
        var ended = ReadAll().Where(r => r.State is TransactionState.Closed or TransactionState.RolledBack).ToList();
        foreach (var record in ended.Take(ended.Count - Kept))
        {
            File.Delete(PathOf(record.Id));
        }
    }

    /// <summary>Leaves word for the process that waits: <see cref="ConfirmWord"/> or <see cref="RollBackWord"/>.</summary>
    public void Signal(string id, string word) => DurableFile.Write(SignalPath(id), word);

    /// <summary>The word left for a transaction, or null.</summary>
    public string? ReadSignal(string id)
    {
        try
        {
            return File.Exists(SignalPath(id)) ? File.ReadAllText(SignalPath(id)) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void ClearSignal(string id) => File.Delete(SignalPath(id));

    private List<TransactionRecord> Read(int newest, Action<string>? onBad)
    {
        if (!Directory.Exists(_folder)) return [];
        var records = new List<TransactionRecord>();
        foreach (var path in Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal).TakeLast(newest))
        {
            try
            {
                records.Add(JournalJson.Read(File.ReadAllText(path)));
            }
            catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
            {
                onBad?.Invoke($"{path}: {e.Message}");
            }
        }

        return records;
    }

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");

    private string SignalPath(string id) => Path.Combine(_folder, id + ".word");
}
