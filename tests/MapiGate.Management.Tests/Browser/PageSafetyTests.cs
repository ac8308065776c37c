using MapiGate.TestSupport;
using Microsoft.Playwright;

namespace MapiGate.Management.Tests.Browser;

/// <summary>What a hostile page, or a hostile client, tries through the administrator's browser.</summary>
public class PageSafetyTests
{
    [SkippableFact]
    public async Task HostilePage_OnAnotherPortOfTheSameHost_ChangesNothing()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        await using var hostile = await ManagedGate.StartAsync();
        using var session = gate.Logon("program1.exe");
        await using var page = await OpenPage.AsAdministratorAsync(gate.Url, gate.Token, isNaked: true);
        await page.Page.GotoAsync($"{hostile.Url}openapi.json");

        var answers = await page.Page.EvaluateAsync<string[]>("""
            async url => {
              const body = JSON.stringify({ process: 'program1.exe' });
              const tries = [
                { method: 'POST', credentials: 'include', mode: 'no-cors', body },
                { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json', 'X-MapiGate': '1' }, body },
              ];
              const seen = [];
              for (const options of tries) {
                try { seen.push(String((await fetch(url, options)).status)); } catch (error) { seen.push(error.name); }
              }
              return seen;
            }
            """, $"{gate.Url}sessions/disconnect");

        answers.Should().Equal("0", "TypeError");
        session.IsDisconnected.Should().BeFalse();
    }

    [SkippableFact]
    public async Task ContentSecurityPolicy_IsEnforcedByTheBrowser()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        await using var elsewhere = await ManagedGate.StartAsync();
        await using var page = await OpenPage.AsAdministratorAsync(gate);

        // What a script that got in would do: run text, load from elsewhere, tell somebody, hide behind a frame.
        var blocked = await page.Page.EvaluateAsync<string[]>("""
            async elsewhere => {
              const seen = new Set();
              document.addEventListener('securitypolicyviolation', event => seen.add(event.effectiveDirective));
              try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title = 1">'); } catch { seen.add('trusted types'); }
              await fetch(elsewhere).catch(() => {});
              const element = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
              element('img', { src: elsewhere });
              element('iframe', { src: location.href });
              element('style', { textContent: 'body { display: none }' });
              document.body.setAttribute('style', 'display: none');
              for (let i = 0; i < 100 && seen.size < 7; i++) await new Promise(requestAnimationFrame);
              return [...seen].sort();
            }
            """, elsewhere.Url.AbsoluteUri);

        blocked.Should().Contain(["connect-src", "img-src", "frame-src", "style-src-elem", "style-src-attr", "trusted types", "require-trusted-types-for"]);
        (await page.Page.TitleAsync()).Should().Be("MapiGate");
        await Assertions.Expect(page["#summary"]).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Token_LeavesTheAddressBar_AndStandsInNoAddressReferrerOrStore()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        await using var page = await OpenPage.AsAdministratorAsync(gate);
        await page.ExpectAsync("#gates", "SYNCED");

        page.Page.Url.Should().Be(gate.Url.AbsoluteUri);
        page.Sent.Should().NotBeEmpty().And.NotContain(sent => sent.Contains(gate.Token, StringComparison.Ordinal));
        var kept = await page.Page.EvaluateAsync<string>("() => JSON.stringify([localStorage, sessionStorage, history.state, document.cookie, document.documentElement.outerHTML])");
        kept.Should().NotContain(gate.Token).And.NotContain("mapigate-management");
        (await page.Context.CookiesAsync()).Single().Should().Match<BrowserContextCookiesResult>(cookie =>
            cookie.HttpOnly && cookie.SameSite == SameSiteAttribute.Strict && cookie.Path == "/mapigate" && !cookie.Value.Contains(gate.Token));

        // Signed in by the cookie alone: a new tab, and the same over a reload.
        await page.Page.ReloadAsync();
        await page.ExpectAsync("#summary", "Policy current");
    }

    [SkippableFact]
    public async Task TokenThatMayOnlyRead_IsShownNoButtonThatChanges()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        using var session = gate.Logon("program1.exe", @"CORP\jane");
        await using var page = await OpenPage.AsAdministratorAsync(gate.Url, gate.AddToken("helpdesk", "Read"));
        await page.ExpectAsync("#sessions", @"CORP\jane");

        (await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("Kick|Block|Unblock|Roll back") }).CountAsync()).Should().Be(0);
        await Assertions.Expect(page["#document"]).Not.ToBeEditableAsync();
    }
}
