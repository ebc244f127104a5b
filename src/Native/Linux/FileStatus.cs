namespace NodeAgent.Native.Linux;

/// <summary>What statx(2) says of a file.</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="Owner">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Major">Of the device that a special file stands for.</param>
/// <param name="Minor">Of the same.</param>
public readonly record struct FileStatus(int Mode, uint Owner, uint Group, uint Major, uint Minor)
{
    private const int S_IFMT = 0xF000;
    private const int S_IFCHR = 0x2000;
    private const int S_IFBLK = 0x6000;

    public bool IsCharacterDevice => (Mode & S_IFMT) == S_IFCHR;

    public bool IsBlockDevice => (Mode & S_IFMT) == S_IFBLK;

    /// <summary>The permissions alone, set-user-id bits included.</summary>
    public int Permissions => Mode & 0xFFF;
}
