using System.Globalization;

namespace NodeAgent.Storage.Model;

/// <summary>Number of a block device: "253:3".</summary>
public readonly record struct DeviceNumber(uint Major, uint Minor)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}:{Minor}");
}
