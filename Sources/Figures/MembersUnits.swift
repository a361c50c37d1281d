import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Units as members: those of some forms below the unit asked for.
extension Members {
    /// Units of some forms below the unit asked for, on the day or first standing in the period.
    mutating func readUnits(_ forms: [String], seat: String?) {
        day = "s.valid_from"
        who = "s.unit_id"
        let on: SQL =
            switch (indicator.when, question.structure) {
            case (_, .now): "\(question.today)"
            case (.started, .then): "s.valid_from"
            default: "\(period.lastDay)"
            }
        conditions.append(
            """
            \(asked) AND \(reach("k", unit: "s.unit_id", on: on))
                AND s.ancestor_id = s.unit_id
                AND s.axis = \(indicator.axis.rawValue) AND s.form IN (\(values: forms))
                AND \(ReachRow.known("s", at: question.position))
            """)
        switch indicator.when {
        case .happened, .inForce: conditions.append(holds("s", on: on))
        case .started:
            conditions.append(
                """
                s.valid_from >= \(from) AND s.valid_from < \(period.to)
                AND NOT EXISTS (SELECT 1 FROM reach AS earlier
                    WHERE earlier.unit_id = s.unit_id AND earlier.ancestor_id = s.unit_id
                        AND earlier.axis = s.axis AND earlier.valid_from < s.valid_from
                        AND \(ReachRow.known("earlier", at: question.position)))
                """)
        }
        if let seat {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM reach AS t WHERE t.unit_id = s.unit_id
                    AND t.axis = 'territory' AND t.form = \(seat) AND t.ancestor_id <> s.unit_id
                    AND \(holds("t", on: on)))
                """)
        }
        readHad(nil)
    }

    var readsUnits: Bool { indicator.kind == nil }
}
