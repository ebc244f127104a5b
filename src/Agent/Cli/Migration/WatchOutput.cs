using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>Where what a watch tells goes to.</summary>
internal abstract class WatchOutput : IDisposable
{
    public abstract void Take(WatchMigrationsResponse message);

    /// <summary>The stream broke and is tried again; told at each try.</summary>
    public abstract void Lost();

    public abstract void Dispose();
}
