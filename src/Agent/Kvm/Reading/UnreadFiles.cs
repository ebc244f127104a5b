using NodeAgent.Files;

namespace NodeAgent.Kvm.Reading;

/// <summary>Reads files for the readers of this room and keeps what could not be read; what is absent is no news.</summary>
internal sealed class UnreadFiles
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Null where it is absent or could not be read.</summary>
    public string? Text(string path) => Note(HostFile.Read(path)).Text;

    /// <summary>The beginning of it alone.</summary>
    public string? Start(string path, int bytes) => Note(HostFile.ReadStart(path, bytes)).Text;

    /// <summary>Null where it is absent, could not be read, or is no number.</summary>
    public long? Number(string path) => Note(HostFile.ReadNumber(path, out var value)).IsFound ? value : null;

    public string[] Names(string folder)
    {
        var names = HostFile.List(folder, out var error);
        if (error is not null) Add(error);
        return names;
    }

    /// <summary>Says why something could not be read otherwise.</summary>
    public void Add(string error)
    {
        if (!_errors.Contains(error)) _errors.Add(error);
    }

    private HostReading Note(HostReading reading)
    {
        if (reading.Error is { } error) Add(error);
        return reading;
    }
}
