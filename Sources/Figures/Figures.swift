import Catalogue
import Core
import Ledger
import Organization
import Storage
import Synchronization

/// Answers, kept by question. A question names the ledger position and the day it is asked on, so
/// an answer never grows old: a new record makes a new position, midnight a new day, and with
/// either comes a new question. Where it is known what changed since, an answer is kept by the
/// newest position that could have changed it.
package final class AnswerShelf: Sendable {
    /// How many answers are kept; past that, all are dropped and the newest come back by use.
    package static let limit = 20_000

    private let answers = Mutex<[Question: Answer]>([:])

    package init() {}

    package func take(_ question: Question) -> Answer? { answers.withLock { $0[question] } }

    package func put(_ answer: Answer, for question: Question) {
        answers.withLock { kept in
            if kept.count >= Self.limit { kept.removeAll(keepingCapacity: true) }
            kept[question] = answer
        }
    }
}

/// Questions that several hands answer, each taken by one of them.
private final class QuestionList: Sendable {
    private let left: Mutex<ArraySlice<Question>>

    init(_ questions: [Question]) { left = Mutex(questions[...]) }

    func next() -> Question? { left.withLock { $0.popFirst() } }
}

/// The figures of a district: the way pages, reports and commands ask.
package struct Figures: Sendable {
    package let district: District
    private let shelf = AnswerShelf()
    private let columns: ColumnShelf?

    /// - Parameter columns: where the records lie in memory; without, every figure is asked of the
    ///   ledger.
    package init(_ district: District, columns: ColumnShelf? = nil) {
        self.district = district
        self.columns = columns
    }

    /// Opens a snapshot for several questions at one position.
    package func reading(_ db: Connection) throws -> Reading {
        let position = try Audit(db, key: district.key).position()
        let reckoner = try Reckoner(
            district, at: position, db: db, columns: columns?.columns(at: position, db))
        return Reading(
            reckoner: reckoner, position: position, today: district.now().day, shelf: shelf,
            causes: Causes(reckoner, district, at: position))
    }

    /// Reads the records into memory, where they have a place there. Until that is done, and for
    /// what has no place, figures are asked of the ledger.
    package func remember() async throws {
        guard let columns else { return }
        try await district.database.read { db in
            try columns.load(db, at: Audit(db, key: district.key).position())
        }
    }

    /// Answers questions ahead of a page, a report or a check that needs many of them, on several
    /// snapshots at once. That is sound because a question names the position it is asked at: a
    /// later snapshot answers it with the same number. Each hand takes the next question when it
    /// has answered one, so that a slow one holds up no other.
    package func prepare(_ questions: [Question]) async throws {
        let fresh = try await district.database.read { db in
            let reading = try reading(db)
            return try questions.filter { try reading.take($0) == nil }
        }
        guard fresh.count >= Self.hands * Self.leastShare else { return }
        let list = QuestionList(fresh)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.hands {
                group.addTask {
                    try await district.database.read { db in
                        let reading = try reading(db)
                        while let question = list.next() { _ = try reading.answer(question) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// How many snapshots answer at once: one for each core of the machines this is made for.
    private static let hands = 2
    /// For fewer questions than this each, a second snapshot costs more than it saves.
    private static let leastShare = 4

    /// Questions answered within one snapshot, each once.
    package struct Reading {
        package let reckoner: Reckoner
        package let position: Int
        /// Today in the district: the day whose map is the one of "now".
        package let today: Day
        private let shelf: AnswerShelf
        private let causes: Causes

        fileprivate init(
            reckoner: Reckoner, position: Int, today: Day, shelf: AnswerShelf, causes: Causes
        ) {
            self.reckoner = reckoner
            self.position = position
            self.today = today
            self.shelf = shelf
            self.causes = causes
        }

        func take(_ question: Question) throws -> Answer? {
            shelf.take(try causes.question(question))
        }

        func put(_ answer: Answer, for question: Question) throws {
            shelf.put(answer, for: try causes.question(question))
        }

        /// The kinds of whose records anything was asked so far.
        package var kindsAsked: Set<String> {
            reckoner.catalogue.kindsAsked(by: reckoner.asked.ids)
        }

        package var structure: Structure { reckoner.structure }

        package func answer(_ question: Question) throws -> Answer {
            if let known = try take(question) { return known }
            let answer = try reckoner.answer(question)
            try put(answer, for: question)
            return answer
        }

        /// The parts of a figure by the field its indicator names.
        package func parts(_ question: Question) throws -> [FigurePart] {
            try reckoner.parts(question, of: try answer(question))
        }

        /// Unfolds a figure over months and units; what is told of each is kept, so that asking for
        /// one of them later costs nothing. Nil for a figure that must be asked one by one.
        @discardableResult
        package func unfold(
            _ question: Question, months: [Period] = [], units: [OrgUnit.ID] = []
        ) throws -> Unfolding? {
            if let known = try kept(question, months, units) { return known }
            guard
                let found = try reckoner.unfold(question, months: months, units: units)
            else { return nil }
            try put(found.whole, for: question)
            for (month, answer) in zip(months, found.months ?? []) {
                try put(answer, for: question.asking(period: month))
            }
            for (unit, answer) in found.units {
                try put(answer, for: question.asking(unit: unit))
            }
            return found
        }

        /// What an earlier reading at this position unfolded.
        private func kept(
            _ question: Question, _ months: [Period], _ units: [OrgUnit.ID]
        ) throws -> Unfolding? {
            guard let whole = try take(question) else { return nil }
            let past = try months.compactMap { try take(question.asking(period: $0)) }
            var parts: [OrgUnit.ID: Answer] = [:]
            for unit in units { parts[unit] = try take(question.asking(unit: unit)) }
            guard past.count == months.count, parts.count == units.count else { return nil }
            return Unfolding(whole: whole, months: months.isEmpty ? nil : past, units: parts)
        }

        /// Refuses what has no answer: a period of a year that has not begun, unless there are
        /// records of such a year.
        ///
        /// - Throws: `Refusal.invalid` beside the period.
        package func requireBegun(_ period: Period) throws {
            // A week belongs to the year of its Thursday.
            let year = (period.shape == .week ? period.from + 3 : period.lastDay).year
            guard year > today.year, try year > reckoner.newestYear() else { return }
            throw Refusal.invalid([
                Fault(
                    Period.label, at: "period", zh: "“\(period.text)”尚未开始，还没有数字。",
                    en: "“\(period.text)” has not begun: there are no figures of it yet."
                ).near(Period.near(period.text, today: today))
            ])
        }

        /// The question as a person writes it: codes, names and texts instead of identities.
        ///
        /// - Throws: `Refusal.invalid` beside the part that cannot be read.
        package func question(
            _ indicator: String, unit code: String, period text: String,
            structure standpoint: Question.Standpoint = .then
        ) throws -> Question {
            guard reckoner.catalogue.indicators[indicator] != nil else {
                throw Refusal.invalid(
                    "指标", zh: "没有名为“\(indicator)”的指标。",
                    en: "There is no indicator “\(indicator)”.")
            }
            let period = try period(text)
            try requireBegun(period)
            var units = UnitReading(structure, on: standpoint == .now ? today : period.lastDay)
            units.reachesBack = true
            return self.question(indicator, unit: try units.unit(code).unit, period, standpoint)
        }

        /// The period that somebody wrote.
        ///
        /// - Throws: `Refusal.invalid` beside the period, with what may have been meant.
        package func period(_ text: String) throws(Refusal) -> Period {
            let structure = structure
            let read = Period.read(text, today: today) {
                structure.reorganization($0)?.effectiveOn
            }
            if let read { return read }
            throw .invalid([Period.unread(text, today: today)])
        }

        /// A question at this position and on this day.
        package func question(
            _ indicator: String, unit: OrgUnit.ID, _ period: Period,
            _ standpoint: Question.Standpoint = .then
        ) -> Question {
            Question(
                indicator, unit: unit, period: period, structure: standpoint, position: position,
                today: today)
        }

        /// The day that was today when the ledger came to a position: the map of "now" of then.
        package func today(at position: Int) throws -> Day {
            guard position < self.position else { return today }
            return try reckoner.day(ofPosition: position) ?? today
        }
    }
}
