using System.Reflection;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Tests.Support.Netlink;

/// <summary>
/// Fills message models with random values, every settable property of them, so that a property nobody thought of
/// cannot be forgotten; and so that each is also absent now and then.
/// </summary>
public sealed class ModelGenerator(Random random)
{
    /// <summary>Properties that are written and never read, or that belong to another property.</summary>
    private static readonly HashSet<string> Skipped = [nameof(LinkMessage.NetnsFd)];

    public T Fill<T>(T model)
        where T : class
    {
        foreach (var property in model.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || Skipped.Contains(property.Name))
                continue;
            var optional = Nullable.GetUnderlyingType(property.PropertyType) is not null || !property.PropertyType.IsValueType;
            property.SetValue(model, optional && random.Next(4) == 0 ? null : Value(property));
        }

        return model;
    }

    public LinkMessage Link(LinkData? data = null, LinkData? port = null)
    {
        var link = Fill(new LinkMessage());
        link.Family = AddressFamily.Unspecified;
        link.BridgeVlans = null;
        link.Data = data is null ? null : Fill(data);
        link.PortData = port is null ? null : Fill(port);
        link.Kind = data?.Kind;
        link.PortKind = port?.Kind;
        if (data is Vlan { Flags: null } vlan)
            vlan.FlagsMask = null;
        else if (data is Vlan { FlagsMask: null } masked)
            masked.Flags = null;
        if (data is Vxlan { GroupPolicy: false } vxlan)
            vxlan.GroupPolicy = null;
        return link;
    }

    public LinkMessage BridgePort()
    {
        var link = Link();
        link.Family = AddressFamily.Bridge;
        link.PortData = Fill(new BridgePort());
        link.BridgeVlans = [.. Vlans()];
        return link;
    }

    public AddressMessage Address()
    {
        var address = Fill(new AddressMessage());
        address.Family = AnyFamily();
        return address;
    }

    public RouteMessage Route()
    {
        var route = Fill(new RouteMessage());
        route.Family = AnyFamily();
        return route;
    }

    /// <summary>Ranges as the kernel gives them: ascending, and the PVID on its own.</summary>
    private IEnumerable<BridgeVlan> Vlans()
    {
        for (var id = random.Next(200); id < BridgeVlan.MaxId - 200; id += 1 + random.Next(400))
        {
            var first = (ushort)id;
            id += random.Next(2) * random.Next(100);
            var flags = random.Next(2) == 0 ? BridgeVlanFlags.None : BridgeVlanFlags.Untagged;
            yield return first == id ? new BridgeVlan(first, flags | BridgeVlanFlags.Pvid) : new BridgeVlan(first, (ushort)id, flags);
        }
    }

    private object? Value(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
            return Enum.ToObject(type, Enum.GetUnderlyingType(type) == typeof(uint) ? Bits() : (uint)random.Next(256));
        return type switch
        {
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(byte) => (byte)random.Next(256),
            _ when type == typeof(ushort) => (ushort)random.Next(65536),
            _ when type == typeof(uint) => Bits(),
            _ when type == typeof(int) => (int)Bits(),
            _ when type == typeof(ulong) => (ulong)random.NextInt64(),
            _ when type == typeof(string) => Text(),
            _ when type == typeof(MacAddress) => new MacAddress((ulong)random.NextInt64()),
            _ when type == typeof(InetAddress) => Inet(),
            _ when type == typeof(BridgeId) => new BridgeId((ushort)random.Next(65536), new MacAddress((ulong)random.NextInt64())),
            _ when type == typeof(BridgeBooleanOptions) => new BridgeBooleanOptions(Bits(), Bits()),
            _ when type == typeof(VxlanPortRange) => new VxlanPortRange((ushort)random.Next(65536), (ushort)random.Next(65536)),
            _ when type == typeof(AddressLifetime) => new AddressLifetime(Bits(), Bits(), Bits(), Bits()),
            _ when type == typeof(NeighbourAge) => new NeighbourAge(Bits(), Bits(), Bits(), Bits()),
            _ when type == typeof(RouteMetrics) => new RouteMetrics(Bits(), random.Next(2) == 0 ? null : Bits(), Bits(), null),
            _ when type == typeof(BondAdInfo) => new BondAdInfo((ushort)Bits(), (ushort)Bits(), (ushort)Bits(), (ushort)Bits(), new MacAddress(Bits())),
            _ when type == typeof(LinkStatistics) => Statistics(),
            _ when type == typeof(List<string>) => Some(Text),
            _ when type == typeof(List<InetAddress>) => Some(Inet),
            _ when type == typeof(List<NextHop>) => Some(() => new NextHop((int)Bits(), random.Next(2) == 0 ? null : Inet(), (ushort)random.Next(1, 257), (RouteFlags)random.Next(256))),
            // A peer says nothing about its own kind.
            _ when type == typeof(LinkMessage) => Link(),
            _ when type == typeof(LinkData) || type == typeof(List<BridgeVlan>) => null,
            _ => throw new NotSupportedException($"No random value for {property.DeclaringType!.Name}.{property.Name} of type {type}: add one here."),
        };
    }

    private uint Bits() => (uint)random.NextInt64(1L << 32);

    private AddressFamily AnyFamily() => random.Next(2) == 0 ? AddressFamily.Inet : AddressFamily.Inet6;

    private InetAddress Inet()
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        return InetAddress.FromBytes(bytes)!.Value;
    }

    private string Text()
    {
        var alphabet = random.Next(8) == 0 ? "äβ漢0" : "abcdefghijklmnopqrstuvwxyz0123456789_.-";
        return new string(random.GetItems(alphabet.AsSpan(), random.Next(1, 16)));
    }

    private LinkStatistics Statistics()
    {
        object boxed = new LinkStatistics();
        foreach (var field in typeof(LinkStatistics).GetFields(BindingFlags.Public | BindingFlags.Instance))
            field.SetValue(boxed, (ulong)random.NextInt64());
        return (LinkStatistics)boxed;
    }

    private List<T> Some<T>(Func<T> one) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => one())];
}
