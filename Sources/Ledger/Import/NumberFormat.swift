/// What a number format makes of a number: a plain number, or a day and a time.
///
/// Only the format's own tokens count: quoted text, escaped characters and what stands in brackets
/// are how it looks.
struct NumberFormat: Hashable, Sendable {
    /// A count of days since the beginning of the calendar.
    private(set) var isSerial = false
    private(set) var showsTime = false
    /// Hours, minutes or seconds that do not start again with each day.
    private(set) var isElapsed = false
    /// How many digits are shown at least, filled up with noughts.
    private(set) var paddedTo = 0
    /// A number that is shown a hundredfold.
    private(set) var isPercent = false

    static let plain = NumberFormat()

    /// The formats every file may use without saying what they are; those between 27 and 36 and
    /// between 50 and 58 are the dates and times of Chinese, Japanese and Korean spreadsheets.
    init(builtIn id: Int) {
        self.init()
        isSerial =
            (14...22).contains(id) || (27...36).contains(id) || (45...47).contains(id)
            || (50...58).contains(id)
        showsTime =
            (18...22).contains(id) || (32...35).contains(id) || (45...47).contains(id)
            || id == 55 || id == 56
        isElapsed = id == 46
        isPercent = id == 9 || id == 10
    }

    init(code: String) {
        self.init()
        for section in Self.sections(code) { read(section) }
        if let first = Self.sections(code).first?.tokens, first.count > 1,
            first.allSatisfy({ $0 == "0" })
        {
            paddedTo = first.count
        }
        isPercent = !isSerial && Self.sections(code).first?.tokens.contains("%") == true
    }

    private init() {}

    private struct Section {
        /// What is neither quoted nor escaped nor in brackets, in lower case.
        var tokens = ""
        /// What stands in brackets.
        var brackets: [String] = []
    }

    private static func sections(_ code: String) -> [Section] {
        var sections = [Section()]
        var rest = Substring(code)
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                while let quoted = rest.popFirst(), quoted != "\"" {}
            case "\\", "_", "*", "!": rest = rest.dropFirst()
            case "[":
                var inside = ""
                while let one = rest.popFirst(), one != "]" { inside.append(one) }
                sections[sections.count - 1].brackets.append(inside.lowercased())
            case ";": sections.append(Section())
            default: sections[sections.count - 1].tokens += character.lowercased()
            }
        }
        return sections
    }

    private mutating func read(_ section: Section) {
        var tokens = section.tokens
        for word in ["general", "g/通用格式", "通用格式", "e+", "e-"] {
            tokens = tokens.replacing(word, with: "#")
        }
        var hours = false
        for word in ["am/pm", "a/p", "上午/下午"] where tokens.contains(word) {
            tokens = tokens.replacing(word, with: "")
            hours = true
        }
        // Parts of a second are the only digits that a time has.
        if tokens.contains("s") || section.brackets.contains(where: { $0.hasPrefix("s") }) {
            while let place = tokens.range(of: ".0") ?? tokens.range(of: "s0") {
                tokens.remove(at: tokens.index(before: place.upperBound))
            }
        }
        let elapsed = section.brackets.contains { text in
            !text.isEmpty
                && (text.allSatisfy { $0 == "h" } || text.allSatisfy { $0 == "m" }
                    || text.allSatisfy { $0 == "s" })
        }
        guard !tokens.contains(where: { "0#?@".contains($0) }) else { return }
        hours = hours || elapsed || tokens.contains { $0 == "h" || $0 == "s" }
        let day =
            tokens.contains { "yde".contains($0) } || tokens.contains("aaa")
            || tokens.contains("bb")
        let month = tokens.contains("m")
        guard hours || day || month else { return }
        isSerial = true
        showsTime = showsTime || hours
        isElapsed = isElapsed || (elapsed && !day)
    }
}
