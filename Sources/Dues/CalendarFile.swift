import Core

/// A file that calendars subscribe to, as RFC 5545 writes it.
package struct CalendarFile: Sendable {
    /// A thing of one whole day.
    package struct Event: Sendable, Hashable {
        /// The same for the same thing in every fetch, and for no other.
        package let uid: String
        package let day: Day
        package let summary: String
        package let description: String
        package let categories: [String]
        package let url: String?

        package init(
            uid: String, day: Day, summary: String, description: String, categories: [String],
            url: String?
        ) {
            self.uid = uid
            self.day = day
            self.summary = summary
            self.description = description
            self.categories = categories
            self.url = url
        }
    }

    private let name: String
    private let language: Language
    private let changedAt: Moment
    private let events: [Event]

    /// - Parameter changedAt: when what stands here was last reckoned anew.
    package init(name: String, language: Language, changedAt: Moment, events: [Event]) {
        self.name = name
        self.language = language
        self.changedAt = changedAt
        self.events = events
    }

    /// The whole file.
    package var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0",
            "PRODID:-//Groundwork//Dues//\(language.rawValue.uppercased())", "CALSCALE:GREGORIAN",
            "X-WR-CALNAME:" + CalendarFile.escaped(name), "X-WR-TIMEZONE:Asia/Shanghai",
            // How often it is worth asking again: once in six hours.
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H",
        ]
        for event in events { lines += self.lines(event) }
        lines.append("END:VCALENDAR")
        return lines.map(CalendarFile.folded).joined()
    }

    private func lines(_ event: Event) -> [String] {
        let stamp = CalendarFile.instant(changedAt)
        var lines = [
            "BEGIN:VEVENT", "UID:" + CalendarFile.escaped(event.uid), "DTSTAMP:" + stamp,
            "LAST-MODIFIED:" + stamp,
            // Its day is part of its identity, so an event is never moved.
            "SEQUENCE:0", "DTSTART;VALUE=DATE:" + CalendarFile.date(event.day),
            // The first day after it, which is how whole days end.
            "DTEND;VALUE=DATE:" + CalendarFile.date(event.day + 1),
            "SUMMARY;LANGUAGE=\(language.tag):" + CalendarFile.escaped(event.summary),
            "DESCRIPTION;LANGUAGE=\(language.tag):" + CalendarFile.escaped(event.description),
        ]
        if !event.categories.isEmpty {
            lines.append(
                "CATEGORIES;LANGUAGE=\(language.tag):"
                    + event.categories.map(CalendarFile.escaped).joined(separator: ","))
        }
        if let url = event.url { lines.append("URL:" + url) }
        // Nobody is busy for a whole day because something falls due on it.
        lines += ["TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT"]
        return lines
    }

    /// A text as a value: what has a meaning of its own stands behind a stroke.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n": escaped += "\\n"
            default:
                // Other control characters have no place in a calendar.
                if scalar.properties.generalCategory == .control { continue }
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A content line, cut into pieces of at most 75 octets, each but the first behind a blank.
    ///
    /// A piece ends between two characters of Unicode, never inside the octets of one.
    package static func folded(_ line: String) -> String {
        var text = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if octets + size > lineOctets {
                text += "\r\n "
                octets = 1
            }
            text.unicodeScalars.append(scalar)
            octets += size
        }
        return text + "\r\n"
    }

    /// The longest line, without its end.
    package static let lineOctets = 75

    static func date(_ day: Day) -> String { day.description.replacing("-", with: "") }

    /// `20150701T040000Z`: calendars read instants in UTC.
    static func instant(_ moment: Moment) -> String {
        let seconds = Int((moment.milliseconds / 1000))
        let day = Day(number: seconds / 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let rest = seconds % 86_400
        return date(day) + "T" + two(rest / 3600) + two(rest / 60 % 60) + two(rest % 60) + "Z"
    }
}
