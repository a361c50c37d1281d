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
        let here = catalogue.holding(in: structure.codes(from: unit, on: now().day))
        let kinds = catalogue.kinds
        return CaseWorld(
            rule: { id, day in here.rule(id, on: day) }, calendar: catalogue.calendar,
            hours: { _ in .usual },
            outcomes: { kinds[$0]?.outcomes ?? [] })
    }
}

extension OfficeHours {
    /// The hours of an office that has not said its own: half past eight to twelve, two to half
    /// past five.
    package static let usual = OfficeHours([
        Season(from: .first, open: [510..<720, 840..<1_050])
    ])
}
