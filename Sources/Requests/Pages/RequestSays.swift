import Catalogue
import Core
import Ledger
import Organization
import Web

/// Says in the reader's language what requests, their steps and their clocks are.
struct RequestSays {
    let words: Words
    private let requests: Requests
    private let structure: Structure
    private let procedure: Procedure?
    private let now: Moment

    init(
        _ words: Words, _ requests: Requests, _ structure: Structure, _ procedure: Procedure?,
        at now: Moment
    ) {
        (self.words, self.requests, self.structure) = (words, requests, structure)
        (self.procedure, self.now) = (procedure, now)
    }

    private var catalogue: Catalogue { requests.district.catalogue }

    func service(_ id: String) -> String {
        requests.services[id]?.name[words.language] ?? id
    }

    func unit(_ id: OrgUnit.ID) -> String {
        structure.nearestVersion(id, on: now.day)?.name ?? "–"
    }

    func step(_ id: String, outcome: String? = nil) -> String {
        guard let step = procedure?.step(id) else { return id }
        let kind = catalogue.kinds[step.kind]
        let name = (step.name ?? kind?.name)?[words.language] ?? id
        let option = kind?.field(Kind.outcomeName)?.options.first { $0.id == outcome }
        return option.map {
            words["status_outcome", ["step": name, "outcome": $0.name[words.language]]]
        } ?? name
    }

    func stage(_ id: String) -> String { procedure?.stage(id)?[words.language] ?? "" }

    func end(_ id: String) -> String {
        procedure?.ends.first { $0.id == id }?.name[words.language] ?? id
    }

    /// When a record happened.
    func moment(_ record: Record) -> Moment {
        Moment(
            milliseconds: record.happenedOn.start.milliseconds
                + Int64(record.minute?.number ?? 0) * 60_000)
    }

    /// Until when: a day that is over at midnight is called by its name.
    func deadline(_ latest: Moment) -> String {
        let last = Moment(milliseconds: latest.milliseconds - 1)
        return last.day == latest.day ? latest.text : last.day.description
    }

    /// How far away a moment is, either way.
    func left(_ latest: Moment) -> String {
        stretch(minutes: Int(abs(latest.milliseconds - now.milliseconds) / 60_000))
    }

    /// A stretch of minutes as people say it.
    func stretch(minutes: Int) -> String {
        if minutes >= 1_440 { return counted(minutes / 1_440, "case_day") }
        return minutes >= 60
            ? counted(minutes / 60, "case_hour") : counted(minutes, "case_minute")
    }

    private func counted(_ count: Int, _ word: String) -> String {
        words[count == 1 ? word + "_one" : word, ["count": count.grouped]]
    }
}
