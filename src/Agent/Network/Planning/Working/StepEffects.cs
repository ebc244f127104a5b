
namespace NodeAgent.Network.Planning.Working;

/// <summary>What a step does to the state, with what the kernel does in its wake.</summary>
internal static class StepEffects
{
    public static void Apply(WorkingState state, PlanStep step)
    {
        switch (step)
        {
            case CreateLinkStep create:
                LinkEffects.Create(state, create);
                break;
            case RemoveLinkStep:
                LinkEffects.Remove(state, step.Link);
                break;
            case SetFieldsStep fields:
                FieldEffects.Set(state, step.Link, fields.Fields);
                break;
            case SetUpStep up:
                LinkEffects.SetUp(state, step.Link, up.Up);
                break;
            case SetControllerStep controller:
                PortEffects.SetController(state, step.Link, controller.Controller);
                break;
            case SetPortOptionsStep options:
                var port = state.Touch(step.Link);
                foreach (var entry in options.Options.AsSpan()) port?.SetOption(entry.Field, entry.Value);
                break;
            case SetVlansStep vlans:
                PortEffects.SetVlans(state, vlans);
                break;
            case AddAddressStep add:
                AddressEffects.Add(state, step.Link, add.Address);
                break;
            case RemoveAddressStep remove:
                AddressEffects.Remove(state, step.Link, remove.Address);
                break;
            case AddRouteStep route:
                state.Routes.Add(route.Route);
                break;
            case RemoveRouteStep route:
                state.Routes.Remove(route.Route);
                break;
            default:
                throw new ArgumentException($"a step of type {step.GetType().Name} has no effects described", nameof(step));
        }
    }
}
