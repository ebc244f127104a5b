namespace NodeAgent.Api;

/// <summary>Not served yet: every call answers UNIMPLEMENTED, and reflection lists what will be there.</summary>
public sealed class StorageService : V1.StorageService.StorageServiceBase;
