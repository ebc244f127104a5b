using System.Globalization;
using NodeAgent.Config;
using NodeAgent.Native.Linux;

namespace NodeAgent.Hosting.Access;

/// <summary>Who has which role: a pure function of the peer, made anew for each configuration.</summary>
/// <param name="owner">The daemon's own user: root, or who started the sandbox.</param>
/// <param name="readers">The group whose members read, or null.</param>
/// <param name="identities">TLS clients; the first entry that fits counts.</param>
internal sealed class AccessRules(uint owner, uint? readers, IReadOnlyList<ClientIdentity> identities)
{
    /// <summary>What the kernel shows for every id that this user namespace does not map (user_namespaces(7)): nobody in particular.</summary>
    private const uint Overflow = 65534;

    /// <summary>The rules that a configuration makes.</summary>
    public static AccessRules Of(GrpcSettings settings) =>
        new(Unistd.geteuid(), settings.Socket.Group is { } group ? GroupId(group) : null, settings.Tcp?.Identities ?? []);

    /// <summary>The number of a group by name or number; null where there is none.</summary>
    public static uint? GroupId(string group) =>
        uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : Grp.IdOf(group);

    public Role RoleOf(Peer peer) => peer switch
    {
        UnixPeer unix => RoleOf(unix),
        TlsPeer tls => RoleOf(tls),
        _ => Role.None,
    };

    private Role RoleOf(UnixPeer peer)
    {
        if (peer.Uid == Overflow) return Role.None;
        if (peer.Uid == 0 || peer.Uid == owner) return Role.Operate;
        return readers is { } group && group != Overflow && peer.Groups.Contains(group) ? Role.Read : Role.None;
    }

    private Role RoleOf(TlsPeer peer)
    {
        foreach (var identity in identities)
        {
            var fits = identity.Uri is { } uri ? peer.Uris.Contains(uri, StringComparer.Ordinal) : identity.CommonName is { } name && name == peer.CommonName;
            if (fits) return identity.Role;
        }

        return Role.None;
    }
}
