namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>A domain that a <see cref="FakeLibvirt"/> knows.</summary>
public sealed record FakeDomain(string Name, Guid Uuid, int Id = 1);
