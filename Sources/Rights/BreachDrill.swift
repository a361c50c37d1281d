import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// Who is affected if what a register entry holds got out: counted without a name, and named only
/// with a recipient and a purpose.
package struct BreachDrill: Sendable {
    private let district: District
    private let entry: String

    package init(_ district: District, entry: String) {
        self.district = district
        self.entry = entry
    }

    /// The roles of kinds that the entry covers, as `kind.role`.
    private var roles: [String] {
        district.catalogue.kinds.values.flatMap { kind in
            kind.persons.filter { $0.register == entry }.map { "\(kind.id).\($0.id)" }
        }.sorted()
    }

    private var privateKinds: [String] {
        district.catalogue.kinds.values
            .filter { $0.privates.contains { $0.register == entry } }.map(\.id).sorted()
    }

    private func require() throws -> RegisterEntry {
        guard let known = district.catalogue.register[entry] else {
            throw Refusal.invalid(
                "entry", zh: "登记簿中没有“\(entry)”。", en: "The register has no entry “\(entry)”.")
        }
        return known
    }

    private var persons: SQL {
        """
        SELECT DISTINCT p.id, p.name, p.number
        FROM record_person m JOIN record r ON r.id = m.record_id
        JOIN person p ON p.id = m.person_id
        WHERE p.erased_at IS NULL AND (r.kind || '.' || m.role) IN (\(values: roles))
        """
    }

    /// How many persons, records with private values, or rows of a table the entry covers.
    package func affected() async throws -> Int {
        _ = try require()
        return try await district.database.read { db in
            var count =
                try db.value("SELECT COUNT(*) FROM (\(persons)) AS named", as: Int.self) ?? 0
            count +=
                try db.value(
                    """
                    SELECT COUNT(*) FROM record_private k JOIN record r ON r.id = k.record_id
                    WHERE r.kind IN (\(values: privateKinds))
                    """, as: Int.self) ?? 0
            // An entry of columns affects as many as its tables have rows.
            let tables = Set(
                district.declared.personalColumns.filter { $0.value == entry }.keys.compactMap {
                    $0.split(separator: ".").first.map(String.init)
                })
            for table in tables.sorted() {
                count += try db.value("SELECT COUNT(*) FROM \(name: table)", as: Int.self) ?? 0
            }
            return count
        }
    }

    /// The names, entered in the audit and in the ledger of disclosures with the same commit.
    ///
    /// - Throws: `Refusal.invalid` without a recipient or a purpose.
    package func names(
        for recipient: String, purpose: String, by actor: Actor
    ) async throws -> (lines: [String], watermark: String) {
        let known = try require()
        let moment = district.now()
        return try await district.database.write { [district] db in
            let lines = try db.rows("\(persons) ORDER BY 2, 1").map { row in
                [try row.at(1), try row.optionalAt(2, as: String.self) ?? "–"]
                    .joined(separator: "  ")
            }
            let disclosure = try DataDisclosure(
                what: "breach_drill", recipient: recipient, purpose: purpose,
                basis: known.basis.zh, fields: entry, extent: "–", rows: lines.count,
                expiresOn: moment.day + Self.keptDays)
            let ledger = DisclosureLedger(db, key: district.key)
            let number = try ledger.record(
                disclosure, digest: Fingerprint(lines).text, by: actor, at: moment)
            return (lines, disclosure.watermark(number, on: moment.day))
        }
    }

    /// How long a list of a drill may be kept, in days.
    private static let keptDays = 30

    /// The notice to who is affected, to be filled in and sent by hand.
    package func notice(_ affected: Int, _ words: Words) throws -> String {
        let known = try require()
        return words[
            "breach_notice",
            [
                "what": known.what[words.language], "purpose": known.purpose[words.language],
                "readers": known.readers[words.language], "count": String(affected),
                "day": district.now().day.description,
            ]]
    }
}
