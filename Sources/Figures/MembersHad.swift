import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What must also have been in force, of another kind.
extension Members {
    mutating func readHad(_ kind: Kind?) {
        var ofPersons: [SQL] = []
        for (index, had) in indicator.had.enumerated() {
            guard let other = catalogue.kinds[had.kind] else { continue }
            let table = "had\(index)"
            tables.append(self.had(table, had, other))
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

    /// Who or what had the other thing, with the days.
    func had(_ table: String, _ had: Indicator.Had, _ kind: Kind) -> SQL {
        let other = Fact("h", asOf: question.position)
        var who: SQL = "h.unit_id"
        var join = SQL.empty
        switch had.by {
        case .person:
            let role = had.role ?? kind.persons.first?.id ?? ""
            join = "JOIN record_person AS o ON o.record_id = h.id AND o.role = \(role)"
            who = samePerson("o")
        case .subject:
            join =
                "JOIN record_subject AS o ON o.record_id = h.id AND o.kind = \(had.subject ?? "")"
            who = "o.code"
        case .unit: break
        }
        let tests = had.conditions.map { "AND \(test($0, kind, alias: "h"))" as SQL }
            .joined(separator: " ")
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
        return """
            \(name: table) AS MATERIALIZED (
                SELECT \(who) AS who, \(days) FROM \(other.source) \(join)
                WHERE \(other.counts) AND h.kind = \(kind.id) AND \(when) \(tests))
            """
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
