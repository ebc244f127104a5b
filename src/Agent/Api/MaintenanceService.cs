namespace NodeAgent.Api;

/// <summary>Not served yet: every call answers UNIMPLEMENTED, and reflection lists what will be there.</summary>
public sealed class MaintenanceService : V1.MaintenanceService.MaintenanceServiceBase;
