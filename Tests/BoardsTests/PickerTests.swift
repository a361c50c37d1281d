import Core
import Foundation
import Storage
import TestKit
import Testing

/// Units, periods and figures are chosen from lists; what is written beside a list goes before it.
struct PickerTests {
    @Test(arguments: Engine.available)
    func aFigureIsAskedAnewByChoosing(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page(
                "/figures/honor.count?unit=410102001&period=2015-H1&lang=zh")
            #expect(page.contains("<optgroup label=\"甲街道\">"))
            let street = "<option value=\"410102001\" data-find=\"jiajiedao jjd\" selected>"
            #expect(page.contains(street + "甲街道（410102001）"))
            #expect(page.contains("<option value=\"410102001002\" data-find=\"ershequ esq\">二社区"))
            #expect(page.contains("<option value=\"BUR-EDU\""), "bureaus stand beside the streets")
            #expect(page.contains("<option value=\"2015-H1\" data-find=\"2015-h1\" selected>"))
            #expect(page.contains("value=\"2014-H1\">上年同期：2014年上半年"))
            #expect(page.contains("<option value=\"honor.count\""))
            #expect(page.contains("action=\"/figures\""))
        }
    }

    @Test(arguments: Engine.available)
    func aChosenFigureIsTheWayToItsPageWithAllElseKept(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            for asked in ["honor.count", "荣誉称号", "rongyuchenghao"] {
                let query = "indicator=\(encoded(asked))&unit=410102001&period=2015-H1"
                try await reader.client.execute(uri: "/figures?\(query)", method: .get) { answer in
                    #expect(answer.status.code == 303, "\(asked)")
                    #expect(
                        answer.headers[.location]
                            == "/figures/honor.count?unit=410102001&period=2015-H1")
                }
            }
            let unknown = try await reader.page(
                "/figures?indicator=nosuch&unit=\(encoded("甲街道"))&lang=zh", status: 422)
            #expect(unknown.contains("没有名为“nosuch”的指标") && unknown.contains("value=\"甲街道\""))
        }
    }

    @Test(arguments: Engine.available)
    func theLineGoesBeforeTheListAndTheButtonBeforeBoth(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let path = "/figures/honor.count?lang=zh&unit=410102&unit="
            let line = try await reader.page(
                path + encoded("甲街道") + "&period=2015-H2&period=\(encoded("一季度"))")
            #expect(line.contains("甲街道") && line.contains("2015年第1季度"))
            let empty = try await reader.page(path + "&period=2015-H1&period=&period=2015-Q2")
            #expect(empty.contains("试验区") && empty.contains("2015年第2季度"))
            let wrong = try await reader.page(
                path + encoded("无此单位") + "&period=2015-H1&period=", status: 422)
            #expect(wrong.contains("value=\"无此单位\"") && wrong.contains("value=\"2015-H1\""))
        }
    }

    @Test(arguments: Engine.available)
    func unitsThatHaveEndedAreMarked(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(
                """
                编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
                410102009,旧街道,street,410102,410102,,2014-01-01,2014-12-31
                """, what: "units")
            let page = try await reader.page("/figures/honor.count?period=2015-H1&lang=zh")
            #expect(page.contains("<optgroup label=\"原有单位（已撤并）\">"))
            #expect(page.contains("原旧街道（410102009）"))
            let then = try await reader.page("/figures/honor.count?period=2014-H1&lang=zh")
            #expect(then.contains("<optgroup label=\"旧街道\">") && !then.contains("原旧街道"))
        }
    }

    @Test(arguments: Engine.available)
    func theOneScriptIsAFileOfOursAndNothingElseMayRun(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            try await reader.client.execute(uri: "/themes/highlight", method: .get) { answer in
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'none'; script-src 'self';"))
                #expect(!policy.contains("unsafe") && !policy.contains("connect-src"))
                let page = String(buffer: answer.body)
                let scripts = page.matches(of: /<script[^>]*>/).map { String($0.0) }
                #expect(scripts.count == 1)
                #expect(scripts.first?.contains("src=\"/assets/pick.js?v=") == true)
            }
            try await reader.client.execute(uri: "/assets/pick.js", method: .get) { answer in
                #expect(answer.status.code == 200)
                #expect(answer.headers[.contentType] == "text/javascript; charset=utf-8")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            }
        }
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
