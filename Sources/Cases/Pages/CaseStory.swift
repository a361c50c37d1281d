import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

extension CasePageMaker {
    /// The story after a place, the newest first, and where it goes on.
    func story(_ keyset: Keyset) throws -> (lines: [StoryLine], next: Cursor?) {
        let sight = sight
        let before = keyset.after.flatMap { Int($0.parts[0]) } ?? Int.max
        let records = sight.reading.records.filter { $0.seq < before }.reversed()
        let (shown, next) = keyset.cut(Array(records.prefix(keyset.fetch))) { [String($0.seq)] }
        return (try shown.map(line), next)
    }

    private func line(_ record: CaseRecord) throws -> StoryLine {
        let (says, words) = (sight.says, sight.words)
        let day = says.time(record.record.time)
        let meta = [day, sight.writer(record)].compactMap { $0 }
            .joined(separator: words["case_gap"])
        guard sight.shows(record) else {
            return StoryLine("", words["case_story_hidden"], day)
        }
        let href = sight.opensRecords ? Address.record(record.id).text : nil
        var line: StoryLine
        if let step = sight.reading.folded.step(of: record) {
            line = says.story(step, time: time(record), by: sight.writer(record), at: href)
            if record.takenBack != nil {
                line = StoryLine(
                    "story-back", words["case_story_void", ["what": line.what]], line.whenAndWho,
                    judged: line.judged, href: href)
            }
        } else {
            line = StoryLine(style(record), what(record), meta, href: href)
        }
        if sight.opensRecords {
            line.files = Listed(
                try EvidenceStore(db: db).list(record.id).map { file in
                    Link(file.fileName, .evidence(file.id, of: record.id))
                })
        }
        return line
    }

    /// Which time a step was done.
    private func time(_ record: CaseRecord) -> Int {
        sight.reading.standing.filter {
            $0.place.step == record.place.step && $0.seq <= record.seq
        }.count
    }

    private func style(_ record: CaseRecord) -> String {
        record.record.reverses == nil ? "story-done" : "story-back"
    }

    /// What a record says that is no step: the opening, the end, what was taken back or done beside
    /// the steps.
    private func what(_ record: CaseRecord) -> String {
        let words = sight.words
        if record.seq == 0 { return words["case_story_opened"] }
        if let old = record.record.reverses {
            let step = sight.reading.records.first { $0.id == old }?.place.step
            return words["case_story_reversed", ["step": step.map(sight.says.name) ?? ""]]
        }
        if record.record.ends != nil {
            let end = sight.reading.state.end.map { sight.says.end($0.end) } ?? ""
            return words["case_story_ended", ["end": end]]
        }
        return district.catalogue.kinds[record.record.kind]?.name[words.language] ?? ""
    }

    // MARK: Clocks

    var clocks: HolderClocks? {
        let reading = sight.reading
        let done = reading.records.compactMap { record -> HolderClocks.Share? in
            guard record.takenBack == nil, let judged = record.place.judged,
                let name = record.place.step, let step = reading.procedure.step(name)
            else { return nil }
            let (unit, role) = reading.folded.holder(
                of: step, each: step.each == nil ? nil : record.record.unit,
                on: record.record.happenedOn)
            let stands = reading.state.standing[name]?.contains { $0.seq == record.seq } ?? false
            return HolderClocks.Share(
                holder: sight.holder(role, in: unit), minutes: judged.held, isOpen: false,
                isOld: !stands)
        }
        let open = reading.obligations.map { owed in
            HolderClocks.Share(
                holder: sight.holder(owed),
                minutes: Int(
                    max(reading.moment.milliseconds - owed.since.milliseconds, 0) / 60_000),
                isOpen: true, isOld: false)
        }
        let shares = done + (reading.state.end == nil ? open : [])
        return shares.isEmpty ? nil : HolderClocks(shares, sight.says)
    }

    var facts: [FactLine] {
        let (words, reading) = (sight.words, sight.reading)
        return [
            FactLine(words["case_fact_number"], reading.row.number),
            FactLine(words["case_fact_unit"], sight.unit(reading.row.owner)),
            FactLine(words["case_fact_opened"], reading.row.openedAt.day.description),
            FactLine(
                words["case_fact_procedure"], reading.procedure.name[words.language],
                to: isTold ? .procedure(reading.procedure.id) : nil),
            FactLine(
                words["case_fact_version"],
                words[
                    "procedure_version_from", ["day": reading.procedure.from.description]]),
        ] + merges
    }

    /// With which case this one goes, and how many go with it.
    private var merges: [FactLine] {
        let (words, folded) = (sight.words, sight.reading.folded)
        let lead = folded.leadingMerge?.subjects.first.map {
            FactLine(words["case_fact_lead"], $0.code)
        }
        let merged = folded.merged.count
        let led = merged > 0 ? FactLine(words["case_fact_merged"], merged.grouped) : nil
        return [lead, led].compactMap(\.self)
    }

    /// Whether the procedure has a page for everybody.
    private var isTold: Bool {
        district.catalogue.kinds[sight.reading.procedure.subject.kind]?.visibility != .sealed
    }
}
