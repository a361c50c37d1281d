import Catalogue
import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

/// Whatever the catalogue lets somebody write comes back into its form as it was written.
struct RoundTripTests {
    /// What a form holds, by the names of its fields.
    private func held(_ page: String) -> [String: String] {
        var held: [String: String] = [:]
        func find(_ pattern: String) -> [[String]] {
            guard
                let expression = try? NSRegularExpression(
                    pattern: pattern, options: [.dotMatchesLineSeparators])
            else { return [] }
            let text = page as NSString
            return expression.matches(in: page, range: NSRange(location: 0, length: text.length))
                .map { match in
                    (1..<match.numberOfRanges).map { text.substring(with: match.range(at: $0)) }
                }
        }
        let input =
            #"<input class="form-control" type="\w+" id="[^"]*" name="([^"]*)" "#
            + #"value="([^"]*)""#
        for one in find(input) { held[one[0]] = one[1] }
        for one in find(#"<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>"#) {
            held[one[0]] = one[1]
        }
        for select in find(#"<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>"#) {
            let parts = select[1].components(separatedBy: "\" selected")
            if parts.count == 2 { held[select[0]] = parts[0].components(separatedBy: "\"").last }
        }
        return held.filter { !$0.value.isEmpty }
    }

    private func said(_ kind: Kind, _ units: [String: String], _ dice: inout Dice)
        -> [String: String]
    {
        var said: [String: String] = [:]
        func code(_ forms: [String]) -> String? {
            (forms.isEmpty ? ["community"] : forms).lazy.compactMap { units[$0] }.first
        }
        said["unit"] = code(kind.forms)
        said["place"] = kind.place.flatMap { code($0.forms) }
        said["day"] = (Day(2015, 6, 1)! + dice.roll(0...29)).description
        if kind.shape == .standing { said["last_day"] = "2015-12-31" }
        said["ref"] = "R-\(dice.roll(1...999_999))"
        for (index, measure) in kind.measures.enumerated() {
            said["measure.\(index)"] = Reading.written(dice.roll(0...99_999), measure.unit)
        }
        for field in kind.fields {
            said["field.\(field.id)"] =
                switch field.form {
                case .text: "字句 \(dice.roll(1...99)) x"
                case .choice: field.options[dice.roll(0...(field.options.count - 1))].id
                case .number: String(dice.roll(0...9_999))
                case .day: "2015-0\(dice.roll(1...9))-11"
                case .flag: dice.flip() ? "true" : "false"
                }
        }
        for check in kind.checks { hold(check, kind, &said) }
        for role in kind.persons {
            said["person.\(role.id)"] = role.many ? "P-1；P-2" : "P-\(dice.roll(1...9))"
        }
        for role in kind.subjects {
            said["subject.\(role.id)"] = "C-\(dice.roll(1...99_999))"
        }
        for item in kind.privates { said["private.\(item.id)"] = "6810-\(dice.roll(1...9_999))" }
        return said
    }

    /// Brings a number or day within what its kind asks of it.
    private func hold(_ check: KindCheck, _ kind: Kind, _ said: inout [String: String]) {
        func name(_ id: String) -> String {
            kind.measure(id).map { "measure.\($0.index - 1)" } ?? "field.\(id)"
        }
        for bound in [check.atMost, check.atLeast].compactMap({ $0 }) {
            switch bound {
            case .number(let number): said[name(check.field)] = String(number)
            case .field(let other): said[name(check.field)] = said[name(other)]
            // Every day that is made up here has come.
            case .today: break
            }
        }
    }

    @Test(arguments: Engine.available)
    func everyKindComesBackAsItWasWritten(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            let forms = test.district.catalogue.forms.keys.sorted()
            let rows = forms.enumerated().map { index, form in
                let above = form == "district" ? "" : "U-district"
                return "U-\(form),单位\(index),\(form),\(above),\(above),\(above),2014-01-01,"
            }
            // A unit stands in the file in any order.
            try await test.accept(
                "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"
                    + rows.joined(separator: "\n"), what: "units")
            try await test.accept(
                "人员编号,姓名,单位\n"
                    + (1...9).map { "P-\($0),人\($0),U-district" }.joined(separator: "\n"),
                what: "persons")
            let officer = try await test.account(
                "guan", role: "organization_officer", unit: "U-district")
            let units = Dictionary(uniqueKeysWithValues: forms.map { ($0, "U-\($0)") })
            let catalogue = test.district.catalogue
            let kinds = catalogue.kinds.values
                .filter { $0.visibility != .sealed && !catalogue.isOfCases($0.id) }
                .sorted { $0.id < $1.id }
            #expect(kinds.count > 100)
            try await test.withSite { client in
                var dice = Dice(seed: 20_150_701)
                for kind in kinds {
                    clock.advance(1_000)
                    let said = said(kind, units, &dice)
                    let address = "/entries/new/\(kind.id)"
                    let then = kind.isConfirmed ? "draft" : "post"
                    let late = ["late": said["day"] ?? "", "then": then]
                    let sent = try await client.submit(
                        address, said.merging(late) { $1 }, as: officer)
                    let place = try #require(
                        sent.location, "\(kind.id): \(problems(sent.text))")
                    let form: PageAnswer
                    if kind.isConfirmed {
                        let start = try await client.page("/entries", as: officer)
                        let draft = start.text.components(separatedBy: "?draft=")[1].prefix(26)
                        form = try await client.page("\(address)?draft=\(draft)", as: officer)
                        let removal = "/entries/drafts/\(draft)/removal"
                        _ = try await client.submit("/entries", [:], to: removal, as: officer)
                    } else {
                        let id = place.dropFirst(9).prefix(26)
                        form = try await client.page(
                            "/entries/records/\(id)/correct", as: officer)
                    }
                    let back = held(form.text).filter { said[$0.key] != nil }
                    #expect(back == said, "\(kind.id)")
                }
            }
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    private func problems(_ page: String) -> String {
        page.components(separatedBy: "role=\"alert\"").dropFirst().first
            .map { String($0.prefix(600)) } ?? String(page.suffix(400))
    }
}
