namespace NodeAgent.Kvm.Model;

/// <summary>How a part of the kernel is there.</summary>
public enum KvmModuleState
{
    Absent,

    /// <summary>A module that was loaded.</summary>
    Loaded,

    /// <summary>Built into the kernel, or loaded so early that it is not to be told apart.</summary>
    BuiltIn,
}
