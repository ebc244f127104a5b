namespace NodeAgent.Doctor.Facts;

/// <summary>How a part of the kernel is there.</summary>
internal enum KernelPartState
{
    Unknown,
    Loaded,
    BuiltIn,

    /// <summary>A module on disk.</summary>
    Loadable,

    /// <summary>The kernel was built with it as a module; the module is not installed.</summary>
    NotInstalled,

    /// <summary>The kernel was built without it, or nothing knows it.</summary>
    Absent,
}
