import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What must also have been in force, of another kind.
extension Members {
    mutating func readHad(_ kind: Kind?) {
        var ofPersons: [SQL] = []
        let isNarrow = kind != nil && !isWhole && indicator.had.contains { $0.by == .person }
        if let kind, isNarrow { tables.append(askedPersons(of: kind)) }
        for (index, had) in indicator.had.enumerated() {
            guard let other = catalogue.kinds[had.kind] else { continue }
            let table = "had\(index)"
            tables.append(self.had(table, had, other, isNarrow: isNarrow))
            switch had.by {
            case .person:
                let holder: SQL = tellsApart ? who : samePerson("hp")
                ofPersons.append(lookUp(table, had, who: holder))
            case .unit:
                conditions.append(lookUp(table, had, who: kind == nil ? who : unitColumn))
            case .subject:
                conditions.append(
                    """
                    EXISTS (SELECT 1 FROM record_subject AS hs
                        WHERE hs.record_id = f.id AND hs.kind = \(had.subject ?? "")
                            AND \(lookUp(table, had, who: "hs.code")))
                    """)
            }
        }
        guard !ofPersons.isEmpty else { return }
        let all = ofPersons.joined(separator: " AND ")
        if let kind, !tellsApart {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM record_person AS hp WHERE hp.record_id = f.id
                    AND hp.role = \(role(of: kind)) AND \(all))
                """)
        } else {
            conditions.append(all)
        }
    }

    /// The persons of the members before anything is asked of them, and all who were ever joined.
    /// Below few units, the other thing is looked for among them, not in the whole district.
    func askedPersons(of kind: Kind) -> SQL {
        let person: SQL = tellsApart ? "p.person_id" : "hp.person_id"
        let key = Key(
            name: "id", value: person, join: "record_person AS hp",
            condition: "hp.record_id = f.id AND hp.role = \(role(of: kind))")
        return """
            asked_person AS MATERIALIZED (
                SELECT \(person) AS id \(body(tellsApart ? [] : [key]))
                UNION SELECT from_person FROM person_join
                UNION SELECT to_person FROM person_join)
            """
    }

    /// Who or what had the other thing, with the days.
    func had(_ table: String, _ had: Indicator.Had, _ kind: Kind, isNarrow: Bool) -> SQL {
        if let known = hadByUnits(table, had) { return known }
        let other = Fact("h", asOf: question.position)
        var who: SQL = "h.unit_id"
        var source = other.source
        var tests = had.conditions.map { test($0, kind, alias: "h") }
        switch had.by {
        case .person:
            let role = had.role ?? kind.persons.first?.id ?? ""
            tests.append("o.record_id = h.id AND o.role = \(role)")
            who = samePerson("o")
            source += " CROSS JOIN record_person AS o"
            if isNarrow {
                // From the persons to their records: that is the order it is read in.
                source = "record_person AS o CROSS JOIN \(other.source)"
                tests.append("o.person_id IN (SELECT id FROM asked_person)")
            }
        case .subject:
            source += " CROSS JOIN record_subject AS o"
            tests.append("o.record_id = h.id AND o.kind = \(had.subject ?? "")")
            who = "o.code"
        case .unit: if readsUnits { who = follower(of: "h.unit_id") }
        }
        let days: SQL
        let when: SQL
        switch had.on {
        case .asked:
            days = "CAST(NULL AS TEXT) AS from_on, CAST(NULL AS TEXT) AS to_on"
            when = other.inForce(on: "\(period.lastDay)")
        case .record:
            days = "h.happened_on AS from_on, \(other.lastOn) AS to_on"
            when = "TRUE"
        }
        let met = tests.map { "AND \($0)" as SQL }.joined(separator: " ")
        return """
            \(name: table) AS MATERIALIZED (
                SELECT \(who) AS who, \(days) FROM \(source)
                WHERE \(other.counts) AND h.kind = \(kind.id) AND \(when) \(met))
            """
    }

    /// The units that had something on the day asked for, as columns know them; nil where they do
    /// not, or where records and not units are counted.
    private func hadByUnits(_ table: String, _ had: Indicator.Had) -> SQL? {
        guard readsUnits, had.by == .unit, had.on == .asked, let columns,
            columns.position == question.position,
            let units = try? spans(of: had, columns).numbers,
            units.count <= Self.mostUnits
        else { return nil }
        return """
            \(name: table) AS MATERIALIZED (
                SELECT \(follower(of: "h.id")) AS who, CAST(NULL AS TEXT) AS from_on,
                    CAST(NULL AS TEXT) AS to_on
                FROM org_unit AS h
                WHERE h.id IN (\(values: units.map { columns.units[Int($0)].text })))
            """
    }

    /// The most units that are named in one statement.
    private static let mostUnits = 5_000

    /// The unit of today that stands for a unit, or the unit itself.
    func follower(of unit: SQL) -> SQL {
        guard !followers.isEmpty else { return unit }
        let cases = followers.sorted { $0.key < $1.key }.map { old, new in
            "WHEN \(old) THEN \(new)" as SQL
        }
        return "CASE \(unit) \(cases.joined(separator: " ")) ELSE \(unit) END"
    }

    func lookUp(_ table: String, _ had: Indicator.Had, who: SQL) -> SQL {
        let found: SQL =
            switch had.on {
            case .asked: "\(who) IN (SELECT \(name: table).who FROM \(name: table))"
            case .record:
                """
                EXISTS (SELECT 1 FROM \(name: table) WHERE \(name: table).who = \(who)
                    AND \(name: table).from_on <= \(day)
                    AND (\(name: table).to_on IS NULL OR \(day) < \(name: table).to_on))
                """
            }
        return had.wanted ? found : "NOT (\(found))"
    }
}
