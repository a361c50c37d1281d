import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A case as it is read off its records at a moment: everything its page shows.
package struct CaseReading: Sendable {
    package let row: CaseRow
    /// Under the text it was opened by.
    package let procedure: Procedure
    package let fold: CaseFold
    package let state: CaseState
    package let moment: Moment
    /// Everything that was ever written in it, in the order of their places.
    package let records: [CaseRecord]
    package let obligations: [CaseObligation]
    package let structure: Structure
    let units: CaseUnits
    let folded: FoldedCase

    package var id: Record.ID { row.id }
    package var opening: CaseRecord? { records.first }

    /// The records that stand: steps that nobody took back.
    package var standing: [CaseRecord] { records.filter(\.stands) }
}

/// A record of a case: what it says, where it stands, and whether it still counts.
package struct CaseRecord: Sendable {
    package let record: Record
    package let place: CasePlace
    package let persons: [Entry.Participant]
    package let subjects: [Entry.Subject]
    /// The reversal by which it was taken back.
    package let takenBack: Record.ID?

    /// Whether it counts: neither taken back, nor what takes another back.
    package var stands: Bool { takenBack == nil && record.reverses == nil }
    package var id: Record.ID { record.id }
    package var seq: Int { place.seq }
}

extension District {
    /// A case with everything that stands in it.
    ///
    /// - Throws: `Refusal.notFound` for what is no case.
    func folded(
        _ id: Record.ID, _ db: Connection, _ records: [CaseRecord]? = nil
    ) throws -> FoldedCase {
        let records = try records ?? CaseRecords(db).read(id)
        guard let opening = records.first?.record, records[0].seq == 0,
            let name = opening.fields[CaseField.procedure],
            let version = opening.fields[CaseField.version]
        else { throw Refusal.notFound }
        let structure = try structure(db)
        return try FoldedCase(
            id, records, try ProcedureVersions(self, db).find(name, version), structure,
            catalogue, caseWorld(opening.unit, structure))
    }

    /// A case as its page shows it; nil for one that the access does not cover.
    ///
    /// - Parameters:
    ///   - access: nil for the machine, which reads every case.
    ///   - account: whose access it is: whom a case is about reads it, and whom it asks by name.
    package func caseReading(
        _ id: Record.ID, _ access: Access?, as account: AccountID? = nil, _ db: Connection
    ) throws -> CaseReading? {
        let structure = try structure(db)
        let scope = access.map { caseScope(of: $0, structure) } ?? .everything
        let holds =
            try access.map {
                try isHolder($0, of: id, structure, db) || isNamed(account, in: id, db)
            } ?? true
        guard try holds || CaseStore(db).find(id, in: scope) != nil else { return nil }
        let folded = try folded(id, db)
        let moment = now()
        let state = folded.fold.state(at: moment)
        return CaseReading(
            row: folded.row(state, at: moment), procedure: folded.procedure, fold: folded.fold,
            state: state, moment: moment, records: folded.records,
            obligations: folded.obligations(state, at: moment), structure: structure,
            units: folded.units, folded: folded)
    }

    /// Which cases somebody may know of: internal ones below their units, and sealed ones on whose
    /// list of names they stand.
    package func caseScope(of access: Access, _ structure: Structure) -> Scope {
        let today = now().day
        let units = structure.heads(
            access.units(.read).union(access.units(.write)), on: today)
        guard !units.isEmpty else { return .kinds([]) }
        let kinds = catalogue.caseKinds.filter { id in
            catalogue.kinds[id]?.visibility != .sealed || access.sealedKinds.contains(id)
        }
        return Scope.kinds([]).adding(kinds.sorted(), below: units, on: today)
    }

    /// Whether somebody holds something that a case owes now.
    private func isHolder(
        _ access: Access, of id: Record.ID, _ structure: Structure, _ db: Connection
    ) throws -> Bool {
        let holders = Set(caseHolders(access))
        return try CaseStore(db).obligations(of: [id])[id, default: []].contains {
            holders.contains(CaseFilter.Holder(unit: $0.holder, role: $0.role))
        }
    }

    /// Whether a case is about somebody, or owes something that they are asked for by name.
    private func isNamed(
        _ account: AccountID?, in id: Record.ID, _ db: Connection
    ) throws -> Bool {
        guard let account, let person = try AccountStore(db).person(of: account) else {
            return false
        }
        let own = try PersonStore(db: db).entries(of: person)
        return try db.value(
            """
            SELECT 1 FROM case_state s WHERE s.case_id = \(id) AND (s.about IN (\(values: own))
                OR EXISTS (SELECT 1 FROM obligation o
                    JOIN record r ON r.case_id = o.case_id
                    JOIN record_person p ON p.record_id = r.id
                    WHERE o.case_id = s.case_id AND o.role = 'persons.' || p.role
                        AND p.person_id IN (\(values: own)))) LIMIT 1
            """, as: Int.self) != nil
    }

    /// The units and roles by which somebody may owe something.
    package func caseHolders(_ access: Access) -> [CaseFilter.Holder] {
        let asked = Set(
            catalogue.procedures.values.joined().flatMap(\.steps).map { step in
                step.by.compactMap { actor -> String? in
                    if case .role(_, let role) = actor { role } else { nil }
                }.joined(separator: CaseRole.separator)
            })
        let roles = asked.flatMap { words in
            words.split(separator: "|").map { (word: String($0), words: words) }
        }
        let held = Set(
            access.holdings.flatMap { holding -> [CaseFilter.Holder] in
                guard let unit = holding.unit else { return [] }
                return ([(holding.role, holding.role)] + roles)
                    .filter { $0.0 == holding.role }
                    .map { CaseFilter.Holder(unit: unit, role: $0.1) }
            })
        return held.sorted { ($0.unit, $0.role) < ($1.unit, $1.role) }
    }
}
