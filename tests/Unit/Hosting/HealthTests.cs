using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

public class HealthTests
{
    [Fact]
    public async Task What_is_not_ready_is_named_with_its_reason_for_people_and_for_programs()
    {
        using var daemon = await new TestDaemon().Started();
        using var http = new HttpClient { BaseAddress = daemon.Http };
        Assert.StartsWith("ok\n[+] grpc socket: ", await http.GetStringAsync("readyz"), StringComparison.Ordinal);

        daemon.Readiness.Set("network", false, "policy web can't be applied");
        using var text = await http.GetAsync("readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, text.StatusCode);
        Assert.Contains("not ready\n", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\n[-] network: policy web can't be applied\n", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        http.DefaultRequestHeaders.Add("Accept", "application/json");
        using var json = await http.GetAsync("readyz");
        var node = JsonNode.Parse(await json.Content.ReadAsStringAsync())!;
        Assert.False((bool)node["ready"]!);
        Assert.Contains(node["parts"]!.AsArray(), static p => (string)p!["name"]! == "network" && !(bool)p["ready"]! && (string)p["reason"]! == "policy web can't be applied");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("healthz")).StatusCode);
    }

    [Fact]
    public async Task A_state_folder_that_is_gone_is_not_ready()
    {
        using var daemon = await new TestDaemon(state: "/nowhere/nodeagent").Started();
        using var http = new HttpClient { BaseAddress = daemon.Http };
        using var response = await http.GetAsync("readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("[-] state: /nowhere/nodeagent cannot be written to: ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
