import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Requests
import Storage

/// What a unit promised for this week or month, how much of it is done, and how much is planned.
struct Promise: Sendable {
    let due: Due
    let form: VisitForm
    let unit: UnitVersion
    /// Whom it was promised; nil where it is a promise of the unit alone.
    let agreement: Visits.Agreement?
    let from: Day
    /// The first day after it.
    let to: Day
    let promised: Int
    let done: Int
    let planned: Int

    /// How much is neither done nor planned.
    var lacking: Int { max(0, promised - done - planned) }
}

extension Visits {
    /// The promises of some units that visits or hours answer, as they stand today. What a rule
    /// does not say, and what nobody agreed to, is no promise.
    func promises(
        of units: [UnitVersion], for acting: ActingAccount, _ db: Connection
    ) throws -> [Promise] {
        let catalogue = district.catalogue
        var found: [Promise] = []
        for due in catalogue.duesInOrder {
            guard let form = form(answering: due), try mayWrite(form, acting) else { continue }
            for unit in units where due.forms.contains(unit.form) {
                let codes = acting.structure.codes(from: unit.unit, on: today)
                    .filter(catalogue.scopes.contains)
                let terms = catalogue.holding(in: codes).terms(of: due)
                guard let term = terms.first(where: { $0.contains(today) }),
                    let (from, to) = Self.window(term.cycle, around: today)
                else { continue }
                let agreed: [Agreement?] =
                    form.agreement == nil
                    ? [nil] : try agreements(in: [unit.unit], [form], on: today, db)
                for agreement in agreed {
                    let store = PromiseStore(db, at: try Audit(db, key: district.key).position())
                    found.append(
                        Promise(
                            due: due, form: form, unit: unit, agreement: agreement, from: from,
                            to: to, promised: term.times,
                            done: try store.done(
                                due.kind, in: unit.unit, form.agreement?.subject,
                                agreement?.household, from, to),
                            planned: try store.planned(
                                form.id, in: unit.unit, agreement?.id, from, to)))
                }
            }
        }
        return found
    }

    /// The sort of appointment that becomes what a due counts.
    private func form(answering due: Due) -> VisitForm? {
        services.visits.first { form in
            form.deed?.kind == due.kind && due.with == form.agreement?.kind
                || due.with == nil && form.sessions.contains { $0.kind == due.kind }
        }
    }

    private static func window(_ cycle: Due.Cycle, around day: Day) -> (from: Day, to: Day)? {
        switch cycle {
        case .week: return (day.monday, day.monday + 7)
        case .month:
            let first = day - (day.parts.day - 1)
            return (first, first.nextMonth)
        default: return nil
        }
    }
}

/// What was done and what is planned towards a promise.
private struct PromiseStore {
    private let db: Connection
    private let fact: Fact

    init(_ db: Connection, at position: Int) {
        self.db = db
        fact = Fact("f", asOf: position)
    }

    func done(
        _ kind: String, in unit: OrgUnit.ID, _ subject: String?, _ code: String?, _ from: Day,
        _ to: Day
    ) throws -> Int {
        var about: SQL = ""
        if let subject, let code {
            about = """
                AND EXISTS (SELECT 1 FROM record_subject s WHERE s.record_id = f.id
                    AND s.kind = \(subject) AND s.code = \(code))
                """
        }
        return try db.value(
            """
            SELECT COUNT(*) FROM \(fact.source)
            WHERE f.kind = \(kind) AND f.unit_id = \(unit) AND f.happened_on >= \(from)
                AND f.happened_on < \(to) AND \(fact.counts) \(about)
            """, as: Int.self) ?? 0
    }

    /// Days on which hours are offered, or visits that are booked.
    func planned(
        _ form: String, in unit: OrgUnit.ID, _ agreement: Record.ID?, _ from: Day, _ to: Day
    ) throws -> Int {
        if let agreement {
            return try db.value(
                """
                SELECT COUNT(*) FROM visit_booking b JOIN visit_slot s ON s.id = b.slot_id
                WHERE b.agreement_id = \(agreement) AND b.state = 'booked'
                    AND s.day >= \(from) AND s.day < \(to)
                """, as: Int.self) ?? 0
        }
        return try db.value(
            """
            SELECT COUNT(DISTINCT day) FROM visit_slot
            WHERE unit_id = \(unit) AND form = \(form) AND state = 'offered'
                AND day >= \(from) AND day < \(to)
            """, as: Int.self) ?? 0
    }
}
