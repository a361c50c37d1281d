import Core
import Storage

/// Rows of `reach` as statements ask for them: over an alias, one of our own words.
package enum ReachRow {
    /// In force on a day.
    package static func inForce(_ alias: String, on day: SQL) -> SQL {
        inForce(alias, from: day, to: day)
    }

    /// In force on some day from the first to the last.
    package static func inForce(_ alias: String, from first: SQL, to last: SQL) -> SQL {
        let row: SQL = "\(name: alias)"
        return """
            \(row).valid_from <= \(last) AND (\(row).valid_to IS NULL OR \(first) < \(row).valid_to)
            """
    }

    /// Known at a position of the ledger.
    package static func known(_ alias: String, at position: Int) -> SQL {
        let row: SQL = "\(name: alias)"
        return """
            \(row).position <= \(position) AND (\(row).gone IS NULL OR \(row).gone > \(position))
            """
    }

    /// The units at and below some units on a day, as the ledger knows them now: a query of one
    /// column.
    ///
    /// - Parameter heads: units whose rows hold everything below them.
    package static func below(_ heads: some Sequence<UnitID>, on day: Day) -> SQL {
        """
        SELECT s.unit_id FROM reach s
        WHERE s.ancestor_id IN (\(values: heads)) AND s.gone IS NULL
            AND \(inForce("s", on: "\(day)"))
        """
    }
}
