import Core
import Hummingbird
import Testing
import Web

/// Addresses, queries and the pages of a list.
@Suite struct ListTests {
    private func query(_ text: String) -> Query {
        Query(
            Request(
                head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/x?" + text),
                body: .init(buffer: .init())))
    }

    private enum Structure: String, CaseIterable { case then, now }

    @Test func anAddressKeepsEveryTextAsText() {
        let address = Address("units", "a/b?c#d").with("on", "2015-03-01").with("名", "甲 & 乙")
        #expect(
            address.text
                == "/units/a%2Fb%3Fc%23d?on=2015-03-01&%E5%90%8D=%E7%94%B2%20%26%20%E4%B9%99")
        #expect(address.with("on", nil).with("名", nil).text == "/units/a%2Fb%3Fc%23d")
        #expect(Address().text == "/")
    }

    @Test func aFormsBlanksAndSignsAreRead() throws {
        #expect(try query("q=a+b%2Bc&q=second").text("q") == "a b+c")
        #expect(try query("q=++").text("q") == nil)
        #expect(try query("p=1").text("q") == nil)
        #expect(try query("q").text("q") == nil)
    }

    @Test(arguments: ["q=%00", "q=a%0Ab", "q=%7F", "q=" + String(repeating: "a", count: 201)])
    func aValueThatCannotBeMeantIsRefused(_ text: String) {
        #expect(throws: Refusal.self) { try query(text).text("q") }
    }

    @Test func daysAndChoicesAreChecked() throws {
        #expect(try query("on=2015-03-01").day("on") == Day(2015, 3, 1))
        #expect(throws: Refusal.self) { try query("on=2015-02-29").day("on") }
        #expect(try query("s=now").choice("s", default: Structure.then) == .now)
        #expect(try query("").choice("s", default: Structure.then) == .then)
        #expect(throws: Refusal.self) { try query("s=later").choice("s", default: Structure.then) }
    }

    @Test(arguments: [["2015-03-01", "0abc"], ["三官庙街道", "a~b_c%d"], ["", ""], ["one"]])
    func aCursorSurvivesAnAddress(_ parts: [String]) throws {
        let cursor = Cursor(parts)
        #expect(Cursor(cursor.text) == cursor)
        let address = Address("list").with("after", cursor.text).text
        let read = query(String(address.split(separator: "?")[1]))
        if parts != ["", ""] {
            #expect(try Keyset(read, parts: parts.count).after == cursor)
        }
    }

    @Test(arguments: [0, 1, 99, 100, 101, 5_000])
    func aPageNeverShowsMoreThanAHundredRows(_ count: Int) {
        let keyset = Keyset(after: nil, limit: 10_000)
        #expect(keyset.fetch == 101)
        let rows = Array(0..<min(count, keyset.fetch))
        let (shown, next) = keyset.cut(rows) { [String($0)] }
        #expect(shown.count == min(count, 100))
        #expect(next == (count > 100 ? Cursor(["99"]) : nil))
    }

    @Test func aListThatFitsOnePageHasNoPager() {
        #expect(Keyset(after: nil).pager(next: nil, at: Address("x")) == nil)
        let pager = Keyset(after: Cursor(["1"])).pager(
            next: Cursor(["2"]), at: Address("x").with("q", "a").with("after", "1"))
        #expect(pager?.firstHref == "/x?q=a")
        #expect(pager?.nextHref == "/x?q=a&after=2")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "−1,234,567")])
    func thousandsStandApart(_ number: Int, _ text: String) {
        #expect(number.grouped == text)
    }
}
