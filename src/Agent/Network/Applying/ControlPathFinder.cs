using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Applying;

/// <summary>The node's control paths, from the kernel's own answers: default routes, the way to the control plane, the ways back to the caller.</summary>
internal sealed class ControlPathFinder(IKernelNetwork kernel, Func<IReadOnlyList<string>> controlPlane, IReadOnlyList<CallerPath> callers)
{
    private static readonly IpCidr[] s_any = [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    public IReadOnlyList<ControlPath> Find(NetworkSnapshot snapshot)
    {
        var paths = new List<ControlPath>();
        foreach (var route in s_any.SelectMany(snapshot.Routes.To))
        {
            if (route.Table != RouteSpec.MainTable || route.Device is not { } device) continue;
            paths.Add(new ControlPath
            {
                Description = $"the default route {(route.Gateway is null ? "" : $"via {route.Gateway} ")}dev {device}",
                Link = device,
                Gateway = route.Gateway,
                Source = route.Source,
                IsDefaultRoute = true,
            });
        }

        foreach (var address in controlPlane()) Add(paths, Host(address), $"the route to the control plane {address}");
        foreach (var caller in callers) Add(paths, caller.Address, caller.Description);
        return paths;
    }

    /// <summary>The same for further callers.</summary>
    public ControlPathFinder With(IReadOnlyList<CallerPath> more) => new(kernel, controlPlane, [.. callers, .. more]);

    private void Add(List<ControlPath> paths, IPAddress? address, string description)
    {
        if (address is null || IPAddress.IsLoopback(address)) return;
        if (kernel.Lookup(address) is not { Device: { } device } route || device == "lo") return;
        paths.Add(new ControlPath { Description = $"{description} dev {device}", Link = device, Gateway = route.Gateway, Source = route.Source });
    }

    private static IPAddress? Host(string address)
    {
        if (IPAddress.TryParse(address, out var plain)) return plain;
        return IPEndPoint.TryParse(address, out var endpoint) ? endpoint.Address : null;
    }
}
