using System.Text.Json;
using System.Text.Json.Nodes;
using NodeAgent.Native.Linux;

namespace NodeAgent.Tests.Support;

/// <summary>ip and bridge in the calling thread's network namespace: an independent reader of what the kernel has.</summary>
public static class Iproute
{
    /// <summary><c>Ip("link add d0 type dummy")</c></summary>
    public static void Ip(string arguments) => Command.Line("ip " + arguments);

    public static void Bridge(string arguments) => Command.Line("bridge " + arguments);

    /// <summary>What <c>ip -d -j …</c> shows.</summary>
    public static JsonArray Show(string arguments) => Parse(Command.Line("ip -d -j " + arguments));

    /// <summary>What <c>bridge -d -j …</c> shows.</summary>
    public static JsonArray ShowBridge(string arguments) => Parse(Command.Line("bridge -d -j " + arguments));

    /// <summary>One link as <c>ip -d -j link show</c> has it.</summary>
    public static JsonNode Link(string name) => Show("link show dev " + name).Single()!;

    /// <summary>The part of a link that its kind fills: linkinfo.info_data.</summary>
    public static JsonNode LinkData(string name) => Link(name)["linkinfo"]!["info_data"]!;

    /// <summary>The part of a link that its master fills: linkinfo.info_slave_data.</summary>
    public static JsonNode PortData(string name) => Link(name)["linkinfo"]!["info_slave_data"]!;

    public static int Index(string name)
    {
        var index = NetIf.if_nametoindex(name);
        return index > 0 ? (int)index : throw new InvalidOperationException($"There is no link {name}.");
    }

    private static JsonArray Parse(string output)
    {
        try
        {
            // Objects that were filtered out are printed as {}.
            var all = output.Trim().Length == 0 ? [] : JsonNode.Parse(output)!.AsArray();
            return new JsonArray([.. all.Where(node => node!.AsObject().Count > 0).Select(node => node!.DeepClone())]);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"Not JSON: {output}", e);
        }
    }
}
