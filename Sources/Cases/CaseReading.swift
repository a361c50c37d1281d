import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A case as it is read off its records at a moment: everything its page shows.
package struct CaseReading: Sendable {
    package let row: CaseRow
    package let state: CaseState
    package let moment: Moment
    package let obligations: [CaseObligation]
    let folded: FoldedCase

    init(_ folded: FoldedCase, at moment: Moment) {
        self.folded = folded
        self.moment = moment
        state = folded.fold.state(at: moment)
        row = folded.row(state, at: moment)
        obligations = folded.obligations(state, at: moment)
    }

    package var id: Record.ID { row.id }
    /// Under the text it was opened by.
    package var procedure: Procedure { folded.procedure }
    package var fold: CaseFold { folded.fold }
    /// Everything that was ever written in it, in the order of their places.
    package var records: [CaseRecord] { folded.records }
    package var structure: Structure { folded.structure }
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

/// By what somebody knows of a case.
enum CaseTie: Sendable {
    /// They may read such cases of its unit.
    case scope
    /// A unit and role of theirs owes something in it.
    case holder
    /// It is about their person, or asks for them by name.
    case name
}

extension Catalogue {
    /// Whether what is written of a kind is not sealed from somebody.
    func isSeen(_ kind: String, by access: Access) -> Bool {
        kinds[kind].map(access.maySee) ?? true
    }
}

extension District {
    /// A case with everything that stands in it.
    ///
    /// - Throws: `Refusal.notFound` for what is no case.
    func folded(_ id: Record.ID, _ db: Connection) throws -> FoldedCase {
        try folded(id, CaseRecords(db).read(id), structure(db), db)
    }

    /// The same of records that were read already, for those who fold very many.
    func folded(
        _ id: Record.ID, _ records: [CaseRecord], _ structure: Structure, _ db: Connection
    ) throws -> FoldedCase {
        guard let opening = records.first?.record, records[0].seq == 0,
            let name = opening.fields[CaseField.procedure],
            let version = opening.fields[CaseField.version]
        else { throw Refusal.notFound }
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
        let isKnown =
            try access.map { try tie(to: id, $0, as: account, db) != nil }
            ?? (CaseStore(db).find(id, in: .everything) != nil)
        return isKnown ? CaseReading(try folded(id, db), at: now()) : nil
    }

    /// By what somebody knows of a case; nil for one that they may not know of. It reads no record
    /// of the case.
    func tie(
        to id: Record.ID, _ access: Access, as account: AccountID?, _ db: Connection
    ) throws -> CaseTie? {
        let store = CaseStore(db)
        if try store.find(id, in: caseScope(of: access, try structure(db))) != nil {
            return .scope
        }
        let holders = Set(caseHolders(access))
        let isHolder = try store.obligations(of: [id])[id, default: []].contains {
            holders.contains(CaseFilter.Holder(unit: $0.holder, role: $0.role))
        }
        if isHolder { return .holder }
        guard let account, let person = try AccountStore(db).person(of: account) else {
            return nil
        }
        let sealed = catalogue.caseKinds.filter { !catalogue.isSeen($0, by: access) }
        let own = try PersonStore(db: db).entries(of: person)
        return try store.isNamed(own, in: id, sealed: sealed.sorted()) ? .name : nil
    }

    /// Which cases somebody may know of: internal ones below their units, and sealed ones on whose
    /// list of names they stand.
    package func caseScope(of access: Access, _ structure: Structure) -> Scope {
        let today = now().day
        let units = structure.heads(
            access.units(.read).union(access.units(.write)), on: today)
        guard !units.isEmpty else { return .kinds([]) }
        let kinds = catalogue.caseKinds.filter { catalogue.isSeen($0, by: access) }
        return Scope.kinds([]).adding(kinds.sorted(), below: units, on: today)
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
            CaseRole.roles(words).map { (word: $0, words: words) }
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
