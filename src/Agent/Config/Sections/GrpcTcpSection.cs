using NodeAgent.Hosting.Access;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config.Sections;

/// <summary>grpc.tcp</summary>
internal static class GrpcTcpSection
{
    private const string Pem = "a PEM file by its full path, such as /etc/nodeagent/tls/tls.crt";

    private static readonly (string Word, Role Value)[] s_roles = [("read", Role.Read), ("operate", Role.Operate)];

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        new ConfigurationOption
        {
            Key = "grpc.tcp.address",
            Description = "where the API is served with mutual TLS",
            Expected = "an address with its port, such as 172.16.0.21:9798 or [::]:9798",
            ValueName = "ADDR:PORT",
            AtStart = true,
            Show = static c => c.Grpc.Tcp?.Address.ToString() ?? "",
            Parse = static (c, text) => OptionKinds.Listener(text) is { } end ? Set(c, t => t with { Address = end }) : null,
        },
        File("certificate", "the server's certificate", static t => t.Certificate, static (t, v) => t with { Certificate = v }),
        File("key", "its private key", static t => t.Key, static (t, v) => t with { Key = v }),
        File("clientCa", "authorities of clients' certificates", static t => t.ClientCa, static (t, v) => t with { ClientCa = v }),
        new ConfigurationOption
        {
            Key = "grpc.tcp.identities",
            Description = "who may read or operate, by SAN URI or common name",
            Expected = "read=IDENTITY or operate=IDENTITY, such as operate=spiffe://cluster.local/ns/platform/sa/controller",
            ValueName = "ROLE=IDENTITY",
            Show = static c => string.Join(',', c.Grpc.Tcp?.Identities.Select(static i => $"{WordOf(i.Role)}={i.Uri ?? i.CommonName}") ?? []),
            Parse = ParseIdentities,
            Read = ReadIdentities,
        },
    ];

    private static ConfigurationOption File(string name, string description, Func<TcpSettings, string> get, Func<TcpSettings, string, TcpSettings> set) =>
        OptionKinds.FullPath("grpc.tcp." + name, description, Pem, c => c.Grpc.Tcp is null ? "" : get(c.Grpc.Tcp), (c, v) => Set(c, t => set(t, v))) with { AtStart = true };

    private static AgentConfiguration Set(AgentConfiguration configuration, Func<TcpSettings, TcpSettings> change) =>
        configuration with { Grpc = configuration.Grpc with { Tcp = change(configuration.Grpc.Tcp ?? new TcpSettings()) } };

    private static string WordOf(Role role) => role == Role.Operate ? "operate" : "read";

    private static AgentConfiguration? ParseIdentities(AgentConfiguration configuration, string text)
    {
        var identities = new List<ClientIdentity>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || equals == part.Length - 1) return null;
            var role = Array.Find(s_roles, r => r.Word == part[..equals]);
            if (role.Word is null) return null;
            var name = part[(equals + 1)..];
            identities.Add(IsUri(name) ? new ClientIdentity { Uri = name, Role = role.Value } : new ClientIdentity { CommonName = name, Role = role.Value });
        }

        return Set(configuration, t => t with { Identities = identities });
    }

    private static AgentConfiguration ReadIdentities(AgentConfiguration configuration, YamlNode node, ReadContext context)
    {
        const string path = "grpc.tcp.identities";
        if (context.List(node, path, "a list of identities: `- {uri: spiffe://..., role: read}`") is not { } list) return configuration;
        var identities = new List<ClientIdentity>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (ReadIdentity(list.Items[i], $"{path}[{i}]", context) is not { } identity) continue;
            if (identities.Exists(other => other.Uri == identity.Uri && other.CommonName == identity.CommonName)) context.Error(list.Items[i].Mark, $"{path}[{i}]", $"{identity.Uri ?? identity.CommonName} is in the list already; keep one");
            identities.Add(identity);
        }

        return Set(configuration, t => t with { Identities = identities });
    }

    private static ClientIdentity? ReadIdentity(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "an identity: {uri: spiffe://..., role: read} or {commonName: ..., role: operate}") is not { } map) return null;
        string? uri = null, name = null;
        var role = Role.None;
        foreach (var entry in map.Entries)
        {
            var at = path + "." + entry.Key;
            switch (entry.Key)
            {
                case "uri":
                    if (entry.Value is YamlScalar { IsNull: false } text && IsUri(text.Text)) uri = text.Text;
                    else context.Expected(entry.Value, at, "the URI of a certificate, such as spiffe://cluster.local/ns/platform/sa/controller");
                    break;
                case "commonName":
                    if (entry.Value is YamlScalar { IsNull: false, Text.Length: > 0 } words) name = words.Text;
                    else context.Expected(entry.Value, at, "the common name of a certificate's subject");
                    break;
                case "role":
                    role = Array.Find(s_roles, r => entry.Value is YamlScalar scalar && scalar.Text == r.Word).Value;
                    if (role == Role.None) context.Expected(entry.Value, at, OptionKinds.OneOf(s_roles));
                    break;
                default:
                    context.Unknown(entry, path, ["uri", "commonName", "role"]);
                    break;
            }
        }

        if (map.Find("uri") is null == map.Find("commonName") is null) context.Error(map.Mark, path, $"expected one of uri and commonName, found {(map.Find("uri") is null ? "none" : "both")}");
        if (map.Find("role") is null) context.Error(map.Mark, path, "needs a role: read or operate");
        return role != Role.None && uri is null != name is null ? new ClientIdentity { Uri = uri, CommonName = name, Role = role } : null;
    }

    private static bool IsUri(string text) => text.Contains("://", StringComparison.Ordinal) && Uri.IsWellFormedUriString(text, UriKind.Absolute);
}
