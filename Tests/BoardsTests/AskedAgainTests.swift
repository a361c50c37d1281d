import Foundation
import Storage
import TestKit
import Testing

/// What can still be typed in an address or a form is read as people write it, and what cannot be
/// read keeps the form.
struct AskedAgainTests {
    private func address(_ path: String, _ query: (String, String)...) -> String {
        path + "?" + query.map { "\($0)=\(encoded($1))" }.joined(separator: "&") + "&lang=zh"
    }

    @Test(arguments: Engine.available)
    func aWrongPeriodKeepsTheFormAndOffersTheNearest(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page(
                address(
                    "/figures/honor.count", ("unit", "甲街道"), ("period", "2015年五季度"),
                    ("structure", "now")), status: 422)
            #expect(page.contains("value=\"甲街道\"") && page.contains("value=\"2015年五季度\""))
            #expect(page.contains("name=\"structure\" value=\"now\""))
            #expect(page.contains("“2015年五季度”不是时段") && page.contains("您是指"))
            #expect(page.contains("period=2015-H1") && page.contains("2015年上半年"))
            let month = try await reader.page(
                address("/calendar", ("month", "五月三十二"), ("kind", "honor")), status: 422)
            #expect(month.contains("不是一个月份") && month.contains("name=\"kind\" value=\"honor\""))
            #expect(month.contains("month=2015-05"))
            let theme = try await reader.page(
                address("/themes/highlight", ("unit", "410102"), ("period", "某时")), status: 422)
            #expect(theme.contains("value=\"某时\"") && theme.contains("value=\"410102\""))
        }
    }

    @Test(arguments: Engine.available)
    func aWrongUnitKeepsTheFormAndOffersTheNearest(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page(
                address("/figures/honor.count", ("unit", "一社区网格"), ("period", "2015年5月")),
                status: 422)
            #expect(page.contains("value=\"一社区网格\"") && page.contains("value=\"2015年5月\""))
            #expect(page.contains("一社区一网格（410102001001001）"))
            #expect(page.contains("unit=410102001001001"))
            let several = try await reader.page(
                address("/calendar", ("unit", "社区"), ("month", "2015-05")), status: 422)
            #expect(several.contains("不止一个单位") && several.contains("month=2015-05"))
            let hostile = try await reader.page(
                address("/calendar", ("unit", "\"><script>"), ("month", "2015-05")), status: 422)
            #expect(!hostile.contains("<script>"))
        }
    }

    @Test(arguments: Engine.available)
    func namesPinyinAndChinesePeriodsAreUnderstood(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let plain = "/figures/honor.count?unit=410102001&period=2015-H1&lang=zh"
            let wanted = try await reader.page(plain)
            let value = try #require(wanted.firstMatch(of: /data-value="[^"]+"/)?.0)
            for (unit, period) in [
                ("甲街道", "2015年上半年"), ("jjd", "上半年"), ("jiajiedao", "H1 2015"),
                ("４１０１０２００１", "２０１５－Ｈ１"), ("甲街道（410102001）", "上个半年"),
            ] {
                let page = try await reader.page(
                    address("/figures/honor.count", ("unit", unit), ("period", period)))
                #expect(page.contains(value) && page.contains("2015年上半年"), "\(unit) \(period)")
            }
            let month = try await reader.page(
                address("/calendar", ("unit", "二社区"), ("month", "去年12月")))
            #expect(month.contains("2014年12月") && month.contains("二社区"))
            let may = try await reader.page(
                address("/calendar", ("unit", "yishequ"), ("month", "5月"), ("day", "2015/5/4")))
            #expect(may.contains("2015-05-04（周一）"))
            let theme = try await reader.page(
                address("/themes/highlight", ("unit", "甲街道"), ("period", "一季度")))
            #expect(theme.contains("甲街道") && theme.contains("value=\"2015-Q1\""))
        }
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
