using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>On a generated base class: where its methods are listed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class BindServiceMethodAttribute(
    [DynamicallyAccessedMembers(BindServiceMethodAttribute.Accessed)] Type bindType, string bindMethodName) : Attribute
{
    private const DynamicallyAccessedMemberTypes Accessed =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods | DynamicallyAccessedMemberTypes.PublicProperties;

    [DynamicallyAccessedMembers(Accessed)]
    public Type BindType { get; } = bindType;

    public string BindMethodName { get; } = bindMethodName;
}
