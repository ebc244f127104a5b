using System.Buffers;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>What a migration is allowed: migration parameters and capabilities. Null: not said yet.</summary>
internal record struct MigrationLimits
{
    public long? Bandwidth { get; set; }

    public long? PostcopyBandwidth { get; set; }

    public TimeSpan? Downtime { get; set; }

    public bool? Postcopy { get; set; }

    public bool? AutoConverge { get; set; }

    /// <summary>Pages are sent as differences (xbzrle).</summary>
    public bool? Compression { get; set; }

    /// <summary>QEMU tells of phases and passes by events.</summary>
    public bool? Events { get; set; }

    /// <summary>Of query-migrate-parameters, or of migrate-set-parameters: what it does not name stays as it was.</summary>
    public void ReadParameters(in ReadOnlySequence<byte> parameters, string root, IFieldProblems problems)
    {
        var fields = new QmpFields(parameters, root, problems);
        if (!fields.Enter()) return;
        while (fields.Next())
        {
            if (fields.Is("max-bandwidth"u8)) Bandwidth = fields.Whole("bytes per second") ?? Bandwidth;
            else if (fields.Is("max-postcopy-bandwidth"u8)) PostcopyBandwidth = fields.Whole("bytes per second") ?? PostcopyBandwidth;
            else if (fields.Is("downtime-limit"u8)) Downtime = fields.Milliseconds() ?? Downtime;
            else fields.Skip();
        }
    }

    /// <summary>A list of {"capability":…,"state":…}: of query-migrate-capabilities, or of migrate-set-capabilities.</summary>
    public void ReadCapabilities(in ReadOnlySequence<byte> capabilities, string root, IFieldProblems problems)
    {
        var fields = new QmpFields(capabilities, root, problems);
        if (!fields.EnterList()) return;
        while (fields.NextObject())
        {
            var (name, state) = (default(Name), default(bool?));
            while (fields.Next())
            {
                if (fields.Is("capability"u8)) name = fields.Word(NameOf);
                else if (fields.Is("state"u8)) state = fields.Truth();
                else fields.Skip();
            }

            if (name == Name.Postcopy) Postcopy = state;
            else if (name == Name.AutoConverge) AutoConverge = state;
            else if (name == Name.Compression) Compression = state;
            else if (name == Name.Events) Events = state;
        }
    }

    public readonly MigrationSample With(in MigrationSample sample) => sample with
    {
        BandwidthLimit = Bandwidth,
        PostcopyBandwidthLimit = PostcopyBandwidth,
        DowntimeLimit = Downtime,
        PostcopyEnabled = Postcopy,
        AutoConvergeEnabled = AutoConverge,
        Compressed = sample.Compressed ?? Compression,
    };

    private static Name NameOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("postcopy-ram"u8) ? Name.Postcopy
        : name.SequenceEqual("auto-converge"u8) ? Name.AutoConverge
        : name.SequenceEqual("xbzrle"u8) ? Name.Compression
        : name.SequenceEqual("events"u8) ? Name.Events
        : Name.Other;

    private enum Name
    {
        Other,
        Postcopy,
        AutoConverge,
        Compression,
        Events,
    }
}
