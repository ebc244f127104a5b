namespace NodeAgent.Network.Model;

/// <summary>The kernel's rule for names of links (dev_valid_name in net/core/dev.c).</summary>
public static class LinkName
{
    /// <summary>IFNAMSIZ less the closing zero.</summary>
    public const int MaxLength = 15;

    /// <summary>Null where the name is good, otherwise what is wrong with it.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0) return "is empty";
        if (System.Text.Encoding.UTF8.GetByteCount(name) > MaxLength) return $"has {System.Text.Encoding.UTF8.GetByteCount(name)} characters, the kernel takes at most {MaxLength}";
        if (name is "." or "..") return "is not a name";
        foreach (var c in name)
        {
            if (c is '/' or ':' || char.IsWhiteSpace(c) || char.IsControl(c)) return "has a character the kernel refuses (/, : or white space)";
        }

        return null;
    }
}
