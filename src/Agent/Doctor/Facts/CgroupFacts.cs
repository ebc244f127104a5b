namespace NodeAgent.Doctor.Facts;

/// <param name="Version">1 or 2, of the tree that controllers are used from; absent: none is mounted.</param>
internal sealed record CgroupFacts(Known<int> Version);
