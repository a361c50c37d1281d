import Catalogue
import Core
import Storage

/// What of rights goes by itself: links from the window, answered requests, the logs of views.
package func rightsSweepers(_ catalogue: Catalogue) -> [Sweeper] {
    /// The instant before which an entry's rows have had their time.
    @Sendable func cutoff(_ entry: String, _ now: Moment) -> Moment? {
        guard case .days(let days, _) = catalogue.register[entry]?.keeping else { return nil }
        return .midnight(of: now.day - days + 1)
    }
    return [
        Sweeper("verified_contact") { db, now in
            guard let cutoff = cutoff("verified_contact", now) else { return 0 }
            return try db.execute(
                """
                DELETE FROM verified_contact WHERE id IN (SELECT id FROM verified_contact
                    WHERE COALESCE(used_at, issued_at) < \(cutoff)
                    ORDER BY id LIMIT \(Limit.rowsPerBatch))
                """)
        },
        Sweeper("rights_request") { db, now in
            guard let cutoff = cutoff("rights_request", now) else { return 0 }
            let old = try db.rows(
                """
                SELECT id FROM rights_request
                WHERE state IN ('done', 'refused') AND changed_at < \(cutoff)
                ORDER BY id LIMIT \(Limit.rowsPerBatch)
                """
            ).map { try $0.at(0, as: String.self) }
            try db.execute("DELETE FROM rights_step WHERE request_id IN (\(values: old))")
            return try db.execute("DELETE FROM rights_request WHERE id IN (\(values: old))")
        },
        Sweeper("data_view") { db, now in
            guard let cutoff = cutoff("data_view", now) else { return 0 }
            return try db.execute(
                """
                DELETE FROM data_view WHERE id IN (SELECT id FROM data_view
                    WHERE viewed_at < \(cutoff) ORDER BY id LIMIT \(Limit.rowsPerBatch))
                """)
        },
        // A look at a sealed record is kept as long as the row of the audit that proves it.
        Sweeper("sealed_view") { db, _ in
            try db.execute(
                """
                DELETE FROM sealed_view WHERE id IN (SELECT v.id FROM sealed_view v
                    WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = v.record_id
                        AND a.action = 'sealed.viewed' AND a.at = v.at)
                    ORDER BY v.id LIMIT \(Limit.rowsPerBatch))
                """)
        },
    ]
}
