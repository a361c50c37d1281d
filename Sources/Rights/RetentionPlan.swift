import Catalogue
import Core
import Ledger
import Storage

/// What the register says about keeping, as SQL over one day.
///
/// Every role and every private value of a kind has its register entry, which says how many days
/// from when. A person's name is kept as long as one record still keeps it.
package struct RetentionPlan: Sendable {
    /// Roles that are kept equally long, named `kind.role`.
    private struct Group: Hashable, Sendable {
        let days: Int
        let start: RegisterEntry.Start
        /// Of an event that is kept from an end, what it belongs to.
        let whole: Kind.Belonging?
    }

    private let catalogue: Catalogue
    private let today: Day
    private let roles: [(group: Group, keys: [String])]
    private let known: [String]

    /// - Parameter entries: register entries that keep nothing, because their holder decided so.
    package init(_ catalogue: Catalogue, on today: Day, without entries: Set<String> = []) {
        self.catalogue = catalogue
        self.today = today
        var groups: [Group: [String]] = [:]
        var known: [String] = []
        for kind in catalogue.kinds.values.sorted(by: { $0.id < $1.id }) {
            for role in kind.persons {
                let key = "\(kind.id).\(role.id)"
                known.append(key)
                guard !entries.contains(role.register),
                    case .days(let days, let start) = catalogue.register[role.register]?.keeping
                else { continue }
                let group = Group(
                    days: days, start: start, whole: kind.shape == .event ? kind.belonging : nil)
                groups[group, default: []].append(key)
            }
        }
        roles = groups.map { ($0.key, $0.value) }
            .sorted { ($0.keys.first ?? "") < ($1.keys.first ?? "") }
        self.known = known
    }

    /// Posted and not reversed: `r` is the alias of `posted` or `record`.
    private let stands: SQL = """
        r.reverses IS NULL AND r.ends IS NULL
        AND \(Record.isUnreversed("r"))
        """

    /// The day a standing record ended lies at or before the cutoff.
    private func ended(_ alias: SQL = "r", by cutoff: Day) -> SQL {
        """
        ((\(alias).until_on IS NOT NULL AND \(alias).until_on <= \(cutoff))
            OR EXISTS (SELECT 1 FROM posted e
                WHERE e.ends = \(alias).id AND e.happened_on <= \(cutoff)
                AND \(Record.isUnreversed("e"))))
        """
    }

    /// The record whose matter the record `r` is about: itself, or the one it reverses or ends.
    private let matter: SQL = "COALESCE(r.reverses, r.ends, r.id)"

    /// Whether a standing record that the event `r` belongs to is in force after the cutoff.
    private func runs(_ whole: Kind.Belonging, after cutoff: Day) -> SQL {
        let kind = catalogue.kinds[whole.kind]
        let table: SQL
        let same: SQL
        if kind?.persons.contains(where: { $0.id == whole.by }) == true {
            table = "record_person"
            same = "o.role = n.role AND o.person_id = n.person_id AND n.role = \(whole.by)"
        } else {
            table = "record_subject"
            same = "o.kind = n.kind AND o.code = n.code AND n.kind = \(whole.by)"
        }
        return """
            EXISTS (SELECT 1 FROM \(table) n JOIN \(table) o ON \(same)
                JOIN posted b ON b.id = o.record_id
                WHERE n.record_id = \(matter) AND b.kind = \(whole.kind)
                    AND b.reverses IS NULL AND b.ends IS NULL
                    AND \(Record.isUnreversed("b"))
                    AND NOT \(ended("b", by: cutoff)))
            """
    }

    /// Whether the case in which the record `r` stands had ended by a day. While it is open it
    /// keeps what is written in it; from then on the days count, whatever the entry says.
    private func caseEnded(by cutoff: Day) -> SQL {
        """
        EXISTS (SELECT 1 FROM posted ce
            WHERE ce.ends = r.case_id AND ce.happened_on <= \(cutoff)
                AND \(Record.isUnreversed("ce")))
        """
    }

    /// What a mention is known by in the catalogue: the kind of its record and its role there.
    private let key: SQL = "(r.kind || '.' || m.role)"

    /// Whether the mention `m` in the record `r` still keeps its person. What the catalogue no
    /// longer knows is kept: nobody said how long.
    private var keeps: SQL {
        guard !known.isEmpty else { return "TRUE" }
        let unknown: SQL = "\(key) NOT IN (\(values: known))"
        guard !roles.isEmpty else { return unknown }
        let groups = roles.map { group, keys -> SQL in
            let cutoff = today - group.days
            switch group.start {
            case .happened, .lastUsed:
                return "(\(key) IN (\(values: keys)) AND r.happened_on > \(cutoff))"
            case .ended:
                let lasts = group.whole.map { runs($0, after: cutoff) }
                return """
                    (\(key) IN (\(values: keys)) AND (r.happened_on > \(cutoff)
                        OR \(lasts ?? "NOT \(ended(by: cutoff))")))
                    """
            }
        }
        return """
            (\(unknown) OR \(caseKeeps)
                OR (r.case_id IS NULL AND (\(groups.joined(separator: " OR ")))))
            """
    }

    /// Whether the case in which the record `r` stands keeps the mention `m`: while it is open, and
    /// from its end on for the days of the entry. The end is looked for once, whatever the role.
    private var caseKeeps: SQL {
        let turns = roles.map { group, keys -> SQL in
            "WHEN \(key) IN (\(values: keys)) THEN \(today - group.days)"
        }
        return """
            (r.case_id IS NOT NULL AND COALESCE((SELECT MIN(ce.happened_on) FROM posted ce
                WHERE ce.ends = r.case_id AND \(Record.isUnreversed("ce"))), '9999-12-31')
                > CASE \(turns.joined(separator: " ")) END)
            """
    }

    /// Whether nothing that bears on a record came in after a position: neither it nor its end, its
    /// reversal or the undoing of its import. What came in later may have had its time already.
    private func settled(_ record: SQL, by position: Int?) -> SQL {
        guard let position else { return "TRUE" }
        let later = ["id", "ends", "reverses"].map { column -> SQL in
            """
            NOT EXISTS (SELECT 1 FROM posted n
                WHERE n.\(name: column) = \(record) AND n.position > \(position))
            """
        }
        return """
            \(later.joined(separator: " AND "))
            AND NOT EXISTS (SELECT 1 FROM record q JOIN import j ON j.id = q.import_id
                WHERE q.id = \(record) AND j.reversed > \(position))
            """
    }

    private func settledPerson(by position: Int?) -> SQL {
        guard let position else { return "TRUE" }
        return """
            NOT EXISTS (SELECT 1 FROM import j WHERE j.id = p.import_id
                AND (j.base >= \(position) OR j.reversed > \(position)))
            AND NOT EXISTS (SELECT 1 FROM record_person w WHERE w.person_id = p.id
                AND NOT (\(settled("w.record_id", by: position))))
            """
    }

    /// Whether some record still keeps the person `p`.
    var isKept: SQL {
        """
        EXISTS (SELECT 1 FROM record_person m JOIN posted r ON r.id = m.record_id
            WHERE m.person_id = p.id AND \(stands) AND \(keeps))
        """
    }

    /// Persons whom no record keeps any longer, past `id`. One whom no record names at all was
    /// entered for something to come, and is kept as long as a contact is before anything came.
    ///
    /// - Parameter position: what came in after it is left out; nil leaves nothing out.
    func persons(after id: String, limit: Int, settledBy position: Int? = nil) -> SQL {
        let entered = (today - RetentionPlan.unnamedDays).start
        return """
            SELECT p.id FROM person p LEFT JOIN import i ON i.id = p.import_id
            WHERE p.erased_at IS NULL AND p.restricted_at IS NULL AND p.id > \(id)
                AND NOT \(isKept)
                AND (EXISTS (SELECT 1 FROM record_person m JOIN posted r ON r.id = m.record_id
                        WHERE m.person_id = p.id)
                    OR (i.published_at IS NOT NULL AND i.published_at < \(entered)))
                AND NOT EXISTS (SELECT 1 FROM rights_request q WHERE q.person_id = p.id
                    AND q.state IN ('received', 'in_work'))
                AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id)
                AND \(settledPerson(by: position))
            ORDER BY p.id LIMIT \(limit)
            """
    }

    /// The kinds and roles by which records still keep these persons.
    func keepers(of persons: [String]) -> SQL {
        """
        SELECT DISTINCT r.kind, m.role FROM record_person m JOIN posted r ON r.id = m.record_id
        WHERE m.person_id IN (\(values: persons)) AND \(stands) AND \(keeps)
        ORDER BY r.kind, m.role LIMIT 100
        """
    }

    /// How long a person is kept whom no record names, in days from their entry.
    static let unnamedDays = 365

    /// The kinds that keep something apart, and the register entry that says how long.
    var privateKinds: [(kind: Kind, entry: String)] {
        catalogue.kinds.values.sorted { $0.id < $1.id }.compactMap { kind in
            // In a case every kind may keep a reason apart.
            let entry =
                kind.privateEntry
                ?? (catalogue.isOfCases(kind.id) ? RegisterEntry.reasons : nil)
            return entry.map { (kind, $0) }
        }
    }

    /// The kinds with private fields, those together whose time is over at once: one condition for
    /// all of them, where each would ask the same of the ledger.
    private var kindsOfOneTime: [[(kind: Kind, entry: String)]] {
        struct Time: Hashable {
            let keeping: RegisterEntry.Keeping?
            let shape: Kind.Shape
            let belonging: Kind.Belonging?
            let isOfCases: Bool
        }
        let kinds = privateKinds.filter { !$0.kind.privates.isEmpty }
        let groups = Dictionary(grouping: kinds) { kind, entry in
            Time(
                keeping: catalogue.register[entry]?.keeping, shape: kind.shape,
                belonging: kind.belonging, isOfCases: catalogue.isOfCases(kind.id))
        }
        return groups.values.sorted { ($0.first?.kind.id ?? "") < ($1.first?.kind.id ?? "") }
    }

    /// Whether what the record `r` of this kind keeps privately has had its time.
    private func isPast(_ kind: Kind, _ entry: String) -> SQL {
        guard case .days(let days, let start) = catalogue.register[entry]?.keeping else {
            return "FALSE"
        }
        let cutoff = today - days
        guard catalogue.isOfCases(kind.id) else { return isPast(kind, start, cutoff) }
        return """
            ((r.case_id IS NOT NULL AND \(caseEnded(by: cutoff)))
                OR (r.case_id IS NULL AND \(isPast(kind, start, cutoff))))
            """
    }

    private func isPast(_ kind: Kind, _ start: RegisterEntry.Start, _ cutoff: Day) -> SQL {
        switch start {
        case .happened: return "r.happened_on <= \(cutoff)"
        case .ended where kind.shape == .event:
            let lasts = kind.belonging.map { runs($0, after: cutoff) } ?? "FALSE"
            return "r.happened_on <= \(cutoff) AND NOT \(lasts)"
        case .ended:
            return """
                r.happened_on <= \(cutoff) AND (\(ended(by: cutoff))
                    OR r.reverses IS NOT NULL OR r.ends IS NOT NULL
                    OR EXISTS (SELECT 1 FROM posted v WHERE v.reverses = r.id))
                """
        case .lastUsed:
            return """
                r.happened_on <= \(cutoff) AND NOT EXISTS (
                    SELECT 1 FROM record_subject s
                    JOIN record_subject o ON o.kind = s.kind AND o.code = s.code
                    JOIN posted x ON x.id = o.record_id
                    WHERE s.record_id = \(matter) AND x.happened_on > \(cutoff)
                        AND \(Record.isUnreversed("x")))
                """
        }
    }

    /// Records whose private values have had their time, past `id`. Records that an abandoned or
    /// undone import left count as well.
    func privates(
        _ kind: Kind, _ entry: String, after id: String, limit: Int, settledBy position: Int? = nil
    ) -> SQL {
        """
        SELECT r.id FROM record_private k JOIN record r ON r.id = k.record_id
        WHERE r.kind = \(kind.id) AND k.record_id > \(id) AND \(isPast(kind, entry))
            AND \(settled("r.id", by: position))
        ORDER BY r.id LIMIT \(limit)
        """
    }

    /// Evidence of records that name nobody any longer and keep nothing private, past `id`. It
    /// goes from the files, which are few, to their records: SQLite keeps to the order of a cross
    /// join, and would otherwise look through every record that names somebody.
    package func evidence(
        after id: String, limit: Int, settledBy position: Int? = nil
    ) -> SQL {
        let named = catalogue.kinds.values
            .filter { !$0.persons.isEmpty && $0.privates.isEmpty }.map(\.id).sorted()
        let isUnkept: SQL = """
            NOT EXISTS (SELECT 1 FROM record_person m WHERE m.record_id = r.id AND \(keeps))
            """
        var groups: [SQL] = [
            """
            (r.kind IN (\(values: named))
                AND EXISTS (SELECT 1 FROM record_person n WHERE n.record_id = r.id))
            """
        ]
        for kinds in kindsOfOneTime {
            guard let (kind, entry) = kinds.first else { continue }
            groups.append(
                "(r.kind IN (\(values: kinds.map(\.kind.id))) AND \(isPast(kind, entry)))")
        }
        return """
            SELECT e.id FROM evidence e CROSS JOIN record r
            WHERE r.id = e.record_id AND e.file_name <> '' AND e.id > \(id)
                AND (\(groups.joined(separator: " OR "))) AND \(isUnkept)
                AND \(settled("r.id", by: position))
            ORDER BY e.id LIMIT \(limit)
            """
    }
}
