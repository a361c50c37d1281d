import Accounts
import Core
import Ledger
import Storage
import TestKit
import Testing

/// What people type into forms and addresses, in the spellings that files are read in as well.
struct TypedTextTests {
    @Test(
        arguments: [
            ["unit": "４１０１０２００１００１"], ["unit": "410102001001\u{200B}"], ["unit": "一社区"],
            ["unit": "一社区（410102001001）"], ["day": "２０１５年６月３０日"], ["day": "2015 年 6 月 30 日"],
            ["day": "2015-06-30\u{200E}"], ["measure.0": "４０份"], ["measure.0": "40 份"],
            ["field.title": "防\u{200B}火\u{FEFF}"], ["ref": "Ｆ－１\u{2060}"],
        ])
    func anEntryIsTheSameHoweverItIsTyped(changes: [String: String]) async throws {
        try await WritingDesk.with(.sqlite) { desk in
            let id = try await desk.written(changes)
            let record = try await desk.test.database.read { db in
                try RecordStore(db: db).find(Record.ID(trusted: id), in: .everything)
            }
            #expect(record?.fields["title"] == "防火")
            #expect(record?.happenedOn == Day(2015, 6, 30))
            #expect(record?.measures[0] == 40)
            #expect(record?.ref == (changes["ref"] == nil ? nil : "F-1"))
            // What nobody sees makes no second entry of it.
            let again = try await desk.write(WritingDesk.leaflet(["ref": changes["ref"] ?? ""]))
            #expect(again.status == 422 || again.status == 409)
        }
    }

    @Test(
        arguments: [
            ("measure.0", "1,5", "小数请用点"), ("measure.0", "3 4", "小数请用点"),
            ("measure.0", "-", "没有数的请留空"), ("day", "42064", "应为 2015-03-01"),
            ("field.title", "防\u{FFFD}", "第2个字符 U+FFFD"),
            ("field.title", "防火\u{E000}", "第3个字符 U+E000"),
            ("field.title", "fdp\u{202E}exe", "改变书写方向"), ("field.title", "#REF!", "公式出错"),
            ("field.title", "a" + String(repeating: "\u{301}", count: 90), "附加符号超过"),
            ("ref", "4.10102E+17", "科学计数"), ("ref", "../../x", "路径"), ("unit", "二社区", "二社区"),
        ])
    func whatCannotBeMeantIsSaidBesideItsField(
        field: String, text: String, words: String
    ) async throws {
        try await WritingDesk.with(.sqlite) { desk in
            let answer = try await desk.write(WritingDesk.leaflet([field: text]))
            #expect(answer.status == 422)
            #expect(answer.text.contains(words), "\(words)")
            let name = field.replacing(".", with: "-")
            #expect(answer.text.contains("field-\(name)-faults"))
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: ["cle\u{200B}rk", "ＣＬＥＲＫ", " Clerk\u{FEFF}", "clerk\u{2060}"])
    func aSignInNameIsFoldedLikeEverything(typed: String) throws {
        #expect(try Account.folded(typed) == "clerk")
    }

    @Test(arguments: ["cl\u{202E}erk", "clerk\u{FFFD}", "cl\u{7}erk", "张·三"])
    func aSignInNameHasNoSignsThatMislead(typed: String) {
        #expect(throws: Refusal.self) { try Account.folded(typed) }
    }

    @Test(arguments: Engine.available)
    func addressesAndSearchesReadTheSame(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written(["field.title": "阿依古丽·买买提讲⼯作"])
            for typed in ["阿依古丽•买买提", "阿依古丽．买买提", "工\u{200B}作", "⼯作"] {
                let page = try await desk.client.page("/search?q=" + percent(typed))
                #expect(page.text.contains("/records/\(id)"), "\(typed)")
            }
            let unit = try await desk.client.page("/units/" + percent("４１０１０２００１００１"))
            #expect(unit.status == 200 && unit.text.contains("一社区"))
            let day = try await desk.client.page(
                "/units/410102001001?on=" + percent("２０１５-０６-３０"))
            #expect(day.status == 200)
            let turned = try await desk.client.page("/search?q=" + percent("a\u{202E}b"))
            #expect(turned.status != 500 && turned.status != 200)
        }
    }

    private func percent(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (byte < 16 ? "0" : "") + digits
        }.joined()
    }
}
