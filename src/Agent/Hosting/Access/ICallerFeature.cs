namespace NodeAgent.Hosting.Access;

/// <summary>In the features of every request that reaches a service.</summary>
public interface ICallerFeature
{
    Caller Caller { get; }
}
