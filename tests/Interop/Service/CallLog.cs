using System.Collections.Concurrent;

namespace NodeAgent.Tests.Interop.Service;

/// <summary>What is known of calls by the keys that clients gave them, also after they have ended.</summary>
public sealed class CallLog
{
    private readonly ConcurrentDictionary<string, CallRecord> _calls = new();

    public CallRecord Of(string key) => _calls.GetOrAdd(key, static _ => new CallRecord());
}
