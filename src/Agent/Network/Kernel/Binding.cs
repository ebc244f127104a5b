using NodeAgent.Network.Model;

namespace NodeAgent.Network.Kernel;

/// <summary>How one field of the schema stands in a netlink message.</summary>
/// <typeparam name="T">The message, or the part of it for this kind of link.</typeparam>
internal sealed record Binding<T>(Field Field, Func<T, FieldValue?> Read, Action<T, FieldValue> Write);
