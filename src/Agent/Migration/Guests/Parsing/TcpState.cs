namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>TCP_… of net/tcp_states.h, as far as it matters here.</summary>
internal enum TcpState : byte
{
    Established = 1,
    Listen = 10,
}
