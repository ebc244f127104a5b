using Microsoft.Extensions.Hosting;

namespace NodeAgent.Hosting;

/// <summary>In place of the one that takes SIGTERM, SIGINT and SIGQUIT for each server: signals are the daemon's.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
