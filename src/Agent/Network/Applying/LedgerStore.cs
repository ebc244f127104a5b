using NodeAgent.Files;

namespace NodeAgent.Network.Applying;

/// <summary>The ledger's file.</summary>
public sealed class LedgerStore(string stateFolder)
{
    private readonly string _path = Path.Combine(stateFolder, "ledger.json");

    /// <summary>The ledger; empty where there is none yet.</summary>
    /// <exception cref="IOException">There is one and it cannot be read or understood: what the agent made is then unknown, and guessing could take away what is not its own.</exception>
    public Ledger Load()
    {
        if (!File.Exists(_path)) return Ledger.Empty;
        try
        {
            return Ledger.Parse(File.ReadAllText(_path));
        }
        catch (FormatException e)
        {
            throw new IOException($"{_path}: {e.Message}: restore it from a backup, or move it away to let the agent start with no memory of what it made", e);
        }
    }

    /// <summary>Stores the ledger.</summary>
    public void Store(string json) => DurableFile.Write(_path, json);
}
