import Catalogue
import Core
import Ledger
import Organization
import Web

/// One record, as everybody may see it.
struct RecordPage: Page {
    static let template = "boards/record"

    let title: String
    let state: RecordState
    let lines: Listed<FactLine>?
    let origin: Listed<FactLine>?
    let history: Listed<Event>?
    /// Those that were released for everybody.
    let pictures: Listed<PictureView>?
    /// Why it counts as late; nil where it came in time.
    let late: String?
    /// Nil for who is not signed in.
    let work: RecordWork?

    /// Something that was done to the record later, or that this record does to another.
    struct Event: Sendable {
        let when: String
        let what: String
        let href: String?
        let reason: String?
    }

    /// What stands in the ledger around it.
    struct Content {
        let persons: [Entry.Participant]
        let subjects: [Entry.Subject]
        let history: [Record]
        let pictures: [ReleasedPicture]
        /// What took its place, and what it took the place of.
        let correction: Correction?
        let madeRoom: Record?
        /// Why each of them was written, as far as the reader may know.
        let reasons: [Record.ID: String]
    }

    init(
        _ record: Record, _ kind: Kind, _ content: Content, work: RecordWork?,
        _ snapshot: Snapshot
    ) {
        let (words, language) = (snapshot.words, snapshot.language)
        let reasons = content.reasons
        pictures = Listed(content.pictures.map { PictureView($0, snapshot) })
        title =
            words[
                "record_title",
                ["kind": kind.name[language], "day": record.happenedOn.description]]
        state = RecordState(record, content.history, kind, words)
        let writer = RecordLines(record: record, kind: kind, snapshot: snapshot)
        // How many persons or households one record is of is a number of few, and of one day.
        let reads = work?.reads ?? false
        let people = reads ? writer.persons(content.persons) : []
        lines = Listed(
            writer.days(end: state.lastDay) + writer.places + writer.measures + writer.fields
                + people + writer.subjects(content.subjects, countsHouseholds: reads))
        origin = Listed(writer.origin)
        var events = RecordPage.events(record, content.history, reasons, words)
        if let madeRoom = content.madeRoom, let corrected = madeRoom.reverses {
            events.insert(
                Event(
                    when: record.recordedAt.text, what: words["record_corrects"],
                    href: Address.record(corrected).text, reason: reasons[madeRoom.id]), at: 0)
        }
        if let correction = content.correction {
            events.append(
                Event(
                    when: correction.at.text, what: words["record_corrected_by"],
                    href: Address.record(correction.replacement).text,
                    reason: reasons[correction.reversal]))
        }
        history = Listed(events)
        late =
            record.isLate(kind)
            ? words[
                "record_late_text",
                ["closing": kind.closing(of: record.happenedOn)?.description ?? ""]] : nil
        self.work = work
    }

    private static func events(
        _ record: Record, _ history: [Record], _ reasons: [Record.ID: String], _ words: Words
    ) -> [Event] {
        var events: [Event] = []
        func link(_ id: Record.ID) -> String { Address.record(id).text }
        if let target = record.reverses {
            events.append(
                Event(
                    when: record.recordedAt.text, what: words["record_reverses"],
                    href: link(target), reason: reasons[record.id]))
        }
        if let target = record.ends {
            events.append(
                Event(
                    when: record.recordedAt.text,
                    what: words["record_ends", ["day": (record.happenedOn - 1).description]],
                    href: link(target), reason: reasons[record.id]))
        }
        for other in history where other.id != record.id {
            let what: String
            if other.reverses == record.id {
                what = words["record_reversed_by"]
            } else if other.ends == record.id {
                what = words["record_ended_by", ["day": (other.happenedOn - 1).description]]
            } else {
                what = words["record_end_reversed"]
            }
            events.append(
                Event(
                    when: other.recordedAt.text, what: what, href: link(other.id),
                    reason: reasons[other.id]))
        }
        return events
    }
}

/// Whether a record counts, and until when.
struct RecordState: Sendable {
    let stateTag: String
    let stateLabel: String
    let stateSentence: String
    /// The last day in force of a standing record that has ended or will.
    let lastDay: Day?

    init(_ record: Record, _ history: [Record], _ kind: Kind, _ words: Words) {
        let undone = Set(history.compactMap(\.reverses))
        let ends = history.filter { $0.ends == record.id && !undone.contains($0.id) }
        let firstGone = (ends.map(\.happenedOn) + [record.untilOn].compactMap { $0 }).min()
        lastDay = firstGone.map { $0 - 1 }
        let name: String
        if undone.contains(record.id) {
            name = "reversed"
        } else if record.reverses != nil {
            name = "reversal"
        } else if record.ends != nil {
            name = "end"
        } else if kind.shape == .standing, lastDay != nil {
            name = "ended"
        } else {
            name = "counts"
        }
        stateTag = name == "counts" ? "tag-good" : name == "reversed" ? "tag-warn" : "tag-seal"
        stateLabel = words["state_\(name)"]
        stateSentence = words["state_\(name)_text", ["day": lastDay?.description ?? ""]]
    }
}
