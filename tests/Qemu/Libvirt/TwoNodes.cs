namespace NodeAgent.Tests.Qemu.Libvirt;

/// <summary>Two nodes, for all tests of a class. Where there can be none, each test says why.</summary>
public sealed class TwoNodes : IDisposable
{
    private (LibvirtNode Source, LibvirtNode Destination)? _nodes;

    public LibvirtNode Source => Nodes.Source;

    public LibvirtNode Destination => Nodes.Destination;

    private (LibvirtNode Source, LibvirtNode Destination) Nodes => _nodes ??= Start();

    public void Dispose()
    {
        _nodes?.Source.Dispose();
        _nodes?.Destination.Dispose();
    }

    private static (LibvirtNode Source, LibvirtNode Destination) Start()
    {
        var source = new LibvirtNode("node-a");
        try
        {
            return (source, new LibvirtNode("node-b"));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
