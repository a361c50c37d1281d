import Catalogue
import Core
import Web

/// Writes what a reader's units owe as events: one for each due and last lawful day, however many
/// units share it, so that a calendar of a whole street stays readable.
struct FeedWriter {
    private let reading: DueReading
    private let writer: DueWriter
    private let words: Words
    private let feed: DueFeed
    /// Makes an address that can be opened from elsewhere.
    private let absolute: (Address) -> String?

    /// The most events of one calendar; the nearest days come first.
    static let eventLimit = 500
    /// The most units that one event names.
    static let unitLimit = 20

    init(
        _ reading: DueReading, _ writer: DueWriter, _ feed: DueFeed,
        absolute: @escaping (Address) -> String?
    ) {
        self.reading = reading
        self.writer = writer
        words = writer.words
        self.feed = feed
        self.absolute = absolute
    }

    func file(changedAt moment: Moment) throws -> CalendarFile {
        let lines = try reading.lines(reading.openDues, ahead: true)
        var order: [String] = []
        var groups: [String: [DueReading.Line]] = [:]
        for line in lines {
            let occurrence = line.occurrence
            let key = [
                line.due.id, occurrence.period.text, occurrence.earliest.description,
                occurrence.latest.description,
            ].joined(separator: ".").replacing("@", with: "")
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(line)
        }
        let events = order.compactMap { key in groups[key].flatMap { event(key, $0) } }
            .sorted { ($0.day, $0.uid) < ($1.day, $1.uid) }
        return CalendarFile(
            name: words["feed_calendar_name", ["name": feed.name]], language: words.language,
            changedAt: moment, events: Array(events.prefix(Self.eventLimit)))
    }

    private func event(_ key: String, _ lines: [DueReading.Line]) -> CalendarFile.Event? {
        guard let first = lines.first else { return nil }
        let (due, occurrence) = (first.due, first.occurrence)
        let name = due.name[words.language]
        let open = lines.filter { $0.occurrence.state != .done }
        let values = [
            "due": name, "unit": first.unit.name, "open": String(open.count),
            "count": String(lines.count),
        ]
        let summary: String
        if open.isEmpty {
            summary = words[lines.count == 1 ? "feed_done_one" : "feed_done", values]
        } else {
            summary = words[lines.count == 1 ? "feed_one" : "feed_many", values]
        }
        let state = lines.map(\.occurrence.state).min() ?? occurrence.state
        return CalendarFile.Event(
            uid: "\(key)-\(feed.id)@groundwork", day: occurrence.latest, summary: summary,
            description: description(lines, open: open),
            categories: [words["dues_title"], words["due_state_\(state.rawValue)"]],
            url: absolute(Address.due(due.id)))
    }

    private func description(_ lines: [DueReading.Line], open: [DueReading.Line]) -> String {
        guard let first = lines.first else { return "" }
        let occurrence = first.occurrence
        var text = [
            words[
                "feed_days",
                [
                    "earliest": occurrence.earliest.description,
                    "latest": occurrence.latest.description,
                ]]
        ]
        text += (open + lines.filter { $0.occurrence.state == .done }).prefix(Self.unitLimit)
            .map { line in
                words[
                    "feed_unit",
                    [
                        "unit": line.unit.name, "done": writer.said(line.due, line.occurrence),
                        "state": words["due_state_\(line.occurrence.state.rawValue)"],
                    ]]
            }
        if lines.count > Self.unitLimit {
            text.append(words["feed_more", ["count": String(lines.count - Self.unitLimit)]])
        }
        let catalogue = reading.catalogue(of: first.unit.unit)
        if let rule = catalogue.rule(of: first.due, on: reading.day) {
            text.append(rule.source[words.language])
        }
        return text.joined(separator: "\n")
    }
}
