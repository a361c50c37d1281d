import Catalogue
import Core
import Ledger
import Organization
import Storage

extension Catalogue {
    /// A text of a procedure by its fingerprint.
    func procedure(_ id: String, version: String) -> Procedure? {
        procedures[id]?.first { $0.version == version }
    }

    /// The procedures, in the order of their names.
    package var proceduresInOrder: [String] { procedures.keys.sorted() }
}

/// The texts under which cases stand, each kept for ever: an edited file is another text, and the
/// cases that are open keep theirs.
struct ProcedureVersions {
    let district: District
    let db: Connection

    init(_ district: District, _ db: Connection) {
        self.district = district
        self.db = db
    }

    /// Keeps a text, in the commit that opens the first case under it.
    func pin(_ procedure: Procedure, at position: Int) throws {
        // Writing the text out costs more than all the rest of opening a case.
        let isKept = try db.value(
            """
            SELECT 1 FROM procedure_version
            WHERE id = \(procedure.id) AND version = \(procedure.version)
            """, as: Int.self)
        guard isKept == nil else { return }
        try db.tell(
            """
            INSERT INTO procedure_version (id, version, text, position)
            VALUES (\(procedure.id), \(procedure.version), \(procedure.text), \(position))
            ON CONFLICT (id, version) DO NOTHING
            """)
    }

    /// The text under which a case stands.
    ///
    /// - Throws: `Refusal.conflict` where neither the catalogue nor the table has it.
    func find(_ id: String, _ version: String) throws -> Procedure {
        if let running = district.catalogue.procedure(id, version: version) { return running }
        let text = try db.value(
            """
            SELECT text FROM procedure_version WHERE id = \(id) AND version = \(version)
            """, as: String.self)
        if let text { return try Procedure(kept: text, in: district.catalogue) }
        throw Refusal.conflict(
            zh: "办件所依据的流程文本（\(id) \(version)）已不在目录中。",
            en: "The text of “\(id)” (\(version)) under which this case stands is gone.")
    }
}

extension District {
    /// What the fold asks beside the records, for a case of one unit.
    func caseWorld(_ unit: OrgUnit.ID, _ structure: Structure) -> CaseWorld {
        let scopes = structure.codes(from: unit, on: now().day)
        return CaseWorld(
            rule: { [catalogue] id, day in catalogue.rule(id, on: day, within: scopes) },
            calendar: catalogue.calendar, hours: { _ in .usual },
            outcomes: { [catalogue] in catalogue.kinds[$0]?.outcomes ?? [] })
    }
}

extension Catalogue {
    /// The value of a rule in force on a day: that of the nearest of some units, the nearest first,
    /// else the one for all. One case asks for a few rules, so that laying all of them over each
    /// other for its unit would cost more than folding it.
    fileprivate func rule(_ id: String, on day: Day, within scopes: [String]) -> Rule? {
        func place(_ rule: Rule) -> Int? {
            rule.scope.map { scopes.firstIndex(of: $0) } ?? scopes.count
        }
        return rules[id]?.filter { $0.inForce(on: day) }
            .compactMap { rule in place(rule).map { (place: $0, rule: rule) } }
            .min { $0.place < $1.place }?.rule
    }
}

extension OfficeHours {
    /// The hours of an office that has not said its own: half past eight to twelve, two to half
    /// past five.
    package static let usual = OfficeHours([
        Season(from: .first, open: [510..<720, 840..<1_050])
    ])
}
