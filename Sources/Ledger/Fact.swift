import Core
import Storage

/// The records that count, as the ledger stood at one position: fragments of SQL over an alias
/// of `record`, for every query that must be answerable "as reported".
///
/// At the newest position these say what the view `fact` says; a test holds the two equal.
package struct Fact {
    /// The alias of `record` in the query, one of our own words.
    package let alias: String
    private let position: Int

    package init(_ alias: String, asOf position: Int) {
        self.alias = alias
        self.position = position
    }

    /// `record AS f` with the import it came by.
    package var source: SQL {
        """
        record AS \(name: alias)
        LEFT JOIN import AS \(name: alias + "_import")
            ON \(name: alias + "_import").id = \(name: alias).import_id
        """
    }

    /// Posted at or before the position, and not undone with its import by then.
    package var posted: SQL {
        let record: SQL = "\(name: alias)"
        let origin: SQL = "\(name: alias + "_import")"
        return """
            ((\(record).import_id IS NULL AND \(record).ordinal <= \(position))
                OR (\(origin).base + \(record).ordinal <= \(position)
                    AND (\(origin).reversed IS NULL OR \(origin).reversed > \(position))))
            """
    }

    /// Posted, not reversed, and neither a reversal nor an end itself.
    package var counts: SQL {
        """
        \(posted) AND \(name: alias).reverses IS NULL AND \(name: alias).ends IS NULL
            AND \(unreversed)
        """
    }

    private var unreversed: SQL {
        let reversal = Fact(alias + "_r", asOf: position)
        return """
            NOT EXISTS (SELECT 1 FROM \(reversal.source)
                WHERE \(name: reversal.alias).reverses = \(name: alias).id
                    AND \(reversal.posted))
            """
    }

    /// A standing record that has begun by a day and not ended by it.
    package func inForce(on day: SQL) -> SQL {
        let end = Fact(alias + "_e", asOf: position)
        return """
            \(name: alias).happened_on <= \(day)
            AND (\(name: alias).until_on IS NULL OR \(name: alias).until_on > \(day))
            AND NOT EXISTS (SELECT 1 FROM \(end.source)
                WHERE \(name: end.alias).ends = \(name: alias).id
                    AND \(name: end.alias).happened_on <= \(day)
                    AND \(end.posted) AND \(end.unreversed))
            """
    }

    /// The first day a standing record is no longer in force; NULL while it is.
    package var lastOn: SQL {
        let end = Fact(alias + "_e", asOf: position)
        let ended: SQL = """
            (SELECT MIN(\(name: end.alias).happened_on) FROM \(end.source)
                WHERE \(name: end.alias).ends = \(name: alias).id
                    AND \(end.posted) AND \(end.unreversed))
            """
        let open: SQL = "\(name: alias).until_on"
        return """
            (CASE WHEN \(open) IS NOT NULL AND \(open) <= COALESCE(\(ended), '9999-12-31')
                THEN \(open) ELSE \(ended) END)
            """
    }
}
