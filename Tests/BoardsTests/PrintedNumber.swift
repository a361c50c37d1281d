import Foundation

/// A number that a public page prints beside the address of a figure.
struct PrintedNumber: Hashable {
    /// The indicator and what is asked of it, as its address says.
    let indicator: String
    let query: [String: String]
    let place: Place
    /// The page it was read on.
    let page: String

    /// What the number is of.
    enum Place: Hashable {
        /// The figure itself.
        case whole
        /// A part by a field, or what the units below leave over.
        case part(String)
        /// The months of its line.
        case course
        /// How many records stand behind it.
        case records
    }

    /// Every number of a page. A number stands in a link to its figure, in a row that begins with
    /// one or, on the page of a figure, alone or in a row of its parts.
    static func all(on html: String, of address: String) -> [PrintedNumber] {
        var reader = PageReader(page: address)
        for piece in html.components(separatedBy: "<").dropFirst() {
            let end = piece.firstIndex(of: ">") ?? piece.endIndex
            reader.read(tag: String(piece[..<end]), text: String(piece[end...].dropFirst()))
        }
        return reader.found
    }
}

/// Reads a page tag by tag.
private struct PageReader {
    let page: String
    var found: [PrintedNumber] = []
    private var link: (indicator: String, query: [String: String])?
    private var isInLink = false
    private var isInRow = false
    private var isInHead = false
    private var rowLabel = ""
    private var isOfRecords = false

    init(page: String) { self.page = page }

    private var own: (indicator: String, query: [String: String])? { Self.figure(page) }

    mutating func read(tag: String, text: String) {
        let name = tag.prefix { !$0.isWhitespace }
        switch name {
        case "tr": (isInRow, link, rowLabel) = (true, nil, "")
        case "/tr": isInRow = false
        case "th": isInHead = tag.contains("scope=\"row\"")
        case "/th": isInHead = false
        case "a":
            guard let href = Self.value("href", tag) else { break }
            if let figure = Self.figure(href) { (link, isInLink) = (figure, true) }
        case "/a": isInLink = false
        case "div" where tag.contains("sheet"): link = nil
        case "desc":
            // On the page of a figure charts draw what its rows say.
            if own == nil, let link, !isInLink, text.contains("; ") { add(link, .course) }
        case "dt": isOfRecords = text.hasPrefix("Records")
        case "dd":
            if isOfRecords, let own { add(own, .records) }
            isOfRecords = false
        default: break
        }
        if isInHead, name == "th" {
            rowLabel = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        if let data = Self.value("data-value", tag) {
            guard data.contains(where: \.isNumber) else { return }
            if isInLink || isInRow, let link {
                add(link, .whole)
            } else if let own {
                add(own, isInRow ? .part(rowLabel) : .whole)
            } else if let link {
                add(link, .whole)
            }
        } else if name == "a", isInLink, !isInHead, own == nil, let link,
            text.contains(where: \.isNumber)
        {
            // A phrase in the text of a report, or beside another number.
            add(link, .whole)
        }
    }

    private mutating func add(
        _ figure: (indicator: String, query: [String: String]), _ place: PrintedNumber.Place
    ) {
        found.append(
            PrintedNumber(
                indicator: figure.indicator, query: figure.query, place: place, page: page))
    }

    private static func value(_ name: String, _ tag: String) -> String? {
        let parts = tag.components(separatedBy: "\(name)=\"")
        return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0] : nil
    }

    private static func figure(_ address: String) -> (indicator: String, query: [String: String])? {
        let address = address.replacing("&amp;", with: "&")
        guard address.hasPrefix("/figures/"), let url = URLComponents(string: address) else {
            return nil
        }
        let query = (url.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        return (
            String(url.path.dropFirst("/figures/".count)),
            Dictionary(query) { first, _ in first }
        )
    }
}
