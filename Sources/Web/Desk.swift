import Core
import Storage

/// One thing that stands on somebody's desk: what waits, what is late, what they laid aside. Each
/// feature says its own, and the desk places them side by side.
package struct DeskPart: Sendable {
    /// Where it stands, the most pressing first.
    package enum Place: Int, Sendable, Comparable {
        case late, returned, confirmations, soon, quick, drafts
        /// From here on beside the work.
        case messages, below, month, next

        package static func < (left: Place, right: Place) -> Bool {
            left.rawValue < right.rawValue
        }

        /// Whether what it counts waits for somebody.
        var isWork: Bool { self < .quick }
        var isBeside: Bool { self >= .messages }
    }

    package let place: Place
    package let heading: String
    /// How many things there are, also where only some are shown; nil where nothing is counted.
    package let count: Int?
    package let lines: [Line]
    /// Where to go from here with one press, such as the forms that are used most.
    package let doors: [Link]
    /// Where all of it stands.
    package let all: Link?
    /// What there is to say where nothing stands here.
    package let sentence: String?

    /// The most lines of one part: few on a desk, more where a desk is handed over.
    @TaskLocal package static var lineLimit = 4

    /// One thing: what it is, how pressing, and what can be done about it.
    package struct Line: Sendable {
        package let tag: String?
        /// The style of the tag; its word says the same.
        package let style: String
        package let label: String
        package let note: String
        package let href: String?
        package let act: Link?

        package init(
            tag: String? = nil, style: String = "", label: String, note: String = "",
            href: String? = nil, act: Link? = nil
        ) {
            self.tag = tag
            self.style = style
            self.label = label
            self.note = note
            self.href = href
            self.act = act
        }
    }

    /// - Parameter lines: those past the limit are left to the page that shows all.
    package init(
        _ place: Place, _ heading: String, count: Int? = nil, lines: [Line] = [],
        doors: [Link] = [], all: Link? = nil, sentence: String? = nil
    ) {
        self.place = place
        self.heading = heading
        self.count = count
        self.lines = Array(lines.prefix(Self.lineLimit))
        self.doors = doors
        self.all = all
        self.sentence = sentence
    }
}

/// What a feature lays on the desk of whoever is signed in.
package typealias DeskParts = @Sendable (AppContext, Words, Connection) throws -> [DeskPart]

/// What waits for somebody, on one page.
package struct DeskPage: Page {
    package static let template = "desk"

    package let title: String
    let who: String
    let work: Listed<Part>?
    let beside: Listed<Part>?
    let nothing: String?

    struct Part: Sendable {
        let heading: String
        let count: String?
        let countStyle: String
        let lines: Listed<DeskPart.Line>?
        let doors: Listed<Link>?
        let all: Link?
        let sentence: String?

        init(_ part: DeskPart) {
            heading = part.heading
            count = part.count.flatMap { $0 > 0 ? $0.grouped : nil }
            countStyle = part.place.isWork ? "count" : "count calm"
            lines = Listed(part.lines)
            doors = Listed(part.doors)
            all = part.all
            sentence = part.sentence
        }
    }

    /// - Parameter parts: of every feature, in any order.
    package init(_ parts: [DeskPart], _ context: AppContext, _ words: Words) {
        let parts = parts.sorted { $0.place < $1.place }
        let waiting = parts.filter(\.place.isWork).compactMap(\.count).reduce(0, +)
        let late = parts.filter { $0.place == .late }.compactMap(\.count).reduce(0, +)
        let values = ["count": waiting.grouped, "late": late.grouped]
        title =
            waiting == 0
            ? words["desk_nothing"] : words[late == 0 ? "desk_work" : "desk_late", values]
        who =
            words[
                "desk_reader",
                ["name": context.reader.name, "day": context.now().day.description]]
        work = Listed(parts.filter { !$0.place.isBeside }.map(Part.init))
        beside = Listed(parts.filter(\.place.isBeside).map(Part.init))
        nothing = parts.isEmpty ? words["desk_empty"] : nil
    }
}
